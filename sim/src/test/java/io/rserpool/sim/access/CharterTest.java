package io.rserpool.sim.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.access.Rights;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The plain rules of a charter say of everything what the policy says that registrars are given.
class CharterTest {

  private static final int ROUNDS = 20_000;

  private static final List<String> NAMES =
      List.of(
          "",
          Charter.name("registrar", "pr1"),
          Charter.name("registrar", "rogue-1"),
          Charter.name("element", "pe1"),
          Charter.name("element", "rogue-1"),
          Charter.name("element", "rogue-12"),
          Charter.name("element", "x/rogue-1"),
          Charter.name("user", "pu1"),
          Charter.name("user", "rogue-1"),
          Charter.name("guest", "x/registrar/rogue-1"),
          "rserpool://sim/registrar",
          "rserpool:/sim/element/pe1",
          "element/pe1",
          "pe1.example.com");

  private static final List<PoolHandle> POOLS =
      List.of(PoolHandle.of("pool1"), PoolHandle.of("own1"), PoolHandle.of("nothing"));

  private static final List<Integer> IDS =
      List.of(
          1,
          Charter.ROGUE_ID_MIN - 1,
          Charter.ROGUE_ID_MIN,
          Charter.ROGUE_ID_MAX,
          Charter.ROGUE_ID_MAX + 1,
          0x8000_0150);

  private static final List<IpAddress> ADDRESSES =
      List.of(
          new IpAddress.V4(0x0a09_0001),
          new IpAddress.V4(Charter.ROGUE_NETWORK),
          new IpAddress.V4(Charter.ROGUE_NETWORK + 0xffff),
          new IpAddress.V4(Charter.ROGUE_NETWORK + 0x1_0000),
          new IpAddress.V4(Charter.ROGUE_NETWORK - 1));

  private static <T> T one(List<T> of, RandomGenerator random) {
    return of.get(random.nextInt(of.size()));
  }

  private static Charter charter(RandomGenerator random) {
    Charter.Kind kind = random.nextBoolean() ? Charter.Kind.ROLES : Charter.Kind.RULES;
    List<String> denied =
        random.nextInt(3) == 0 ? List.of(one(NAMES.subList(1, 9), random)) : List.of();
    return new Charter(kind, denied, random.nextBoolean());
  }

  @Test
  void rulesAndPolicySayTheSame() {
    SplittableRandom random = new SplittableRandom(1);
    int allowed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Charter charter = charter(random);
      String name = one(NAMES, random);
      PoolHandle pool = one(POOLS, random);
      ElementId id = ElementId.of(one(IDS, random));
      IpAddress address = one(ADDRESSES, random);
      Rights rights = charter.policy().rightsOf(new PeerIdentity(name));
      boolean mayRegister = charter.mayRegister(name, pool, id);
      String what = charter + ": '" + name + "' with " + pool + "/" + id + " at " + address;
      assertThat(mayRegister)
          .as("registers, by %s", what)
          .isEqualTo(rights.register(pool, id).isAllowed());
      assertThat(charter.isRegistrar(name))
          .as("is a registrar, by %s", what)
          .isEqualTo(rights.speakAsRegistrar().isAllowed());
      if (mayRegister) {
        allowed++;
        assertThat(charter.mayUse(name, ADDRESSES.getFirst(), address))
            .as("uses, by %s", what)
            .isEqualTo(address.equals(ADDRESSES.getFirst()) || rights.mayUse(pool, id, address));
        assertThat(charter.elementsMax(name))
            .as("has, by %s", what)
            .isEqualTo(rights.elementsMax(pool, id, Integer.MAX_VALUE));
      }
    }
    assertThat(allowed).isBetween(ROUNDS / 20, ROUNDS / 2);
  }

  @Test
  void openCharterAllowsEverything() {
    assertThat(Charter.OPEN.isSecured()).isFalse();
    assertThat(Charter.OPEN.policy().isOpen()).isTrue();
    assertThat(Charter.OPEN.registrars()).isEmpty();
    assertThat(Charter.OPEN.mayRegister("", POOLS.getFirst(), ElementId.of(1))).isTrue();
  }
}
