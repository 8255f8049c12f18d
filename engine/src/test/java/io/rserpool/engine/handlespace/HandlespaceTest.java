package io.rserpool.engine.handlespace;

import static io.rserpool.engine.handlespace.Elements.HOME;
import static io.rserpool.engine.handlespace.Elements.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.ParameterEncoder;
import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.SelectionSettings;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.Policy.LeastUsed;
import io.rserpool.protocol.Policy.LeastUsedDegradation;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HandlespaceTest {

  private static final PoolHandle ECHO = PoolHandle.of("EchoPool");
  private static final PoolHandle PING = PoolHandle.of("PingPongPool");
  private static final PoolHandle DAYTIME = PoolHandle.of("DaytimePool");
  private static final ServerId OTHER = ServerId.of(2);

  /// Writes what it is given as text, so that a test sees what was quoted.
  private static final ParameterEncoder TEXT =
      new ParameterEncoder() {
        @Override
        public Octets handle(PoolHandle handle) {
          return Octets.ofUtf8(handle.toString());
        }

        @Override
        public Octets policy(Policy policy) {
          return Octets.ofUtf8(policy.toString());
        }

        @Override
        public Octets transport(TransportAddress transport) {
          return Octets.ofUtf8(transport.toString());
        }

        @Override
        public Octets element(PoolElementParameter element) {
          return Octets.ofUtf8(element.toString());
        }
      };

  private final Handlespace<String> handlespace = create(1);

  private static Handlespace<String> create(long seed) {
    return new Handlespace<>(
        PolicyRules.standard(SelectionSettings.forProfile(Profile.STANDARD)),
        new SplittableRandom(seed));
  }

  private ElementEntry<String> put(PoolHandle handle, PoolElementParameter element) {
    return switch (handlespace.put(handle, element, "new")) {
      case Admission.Added<String>(var entry) -> entry;
      case Admission.Replaced<String>(var entry, _, _) -> entry;
      case Admission.Refused<String> refused ->
          throw new AssertionError("refused: " + refused.code());
    };
  }

  private static PoolElementParameter rr(int id) {
    return element(id, Policy.RoundRobin.INSTANCE);
  }

  private ErrorCause refusal(PoolHandle handle, PoolElementParameter element) {
    List<ElementEntry<String>> before = new ArrayList<>(handlespace.elements(handle));
    int pools = handlespace.poolCount();
    int checksum = handlespace.checksum(HOME);
    Admission<String> admission = handlespace.put(handle, element, "never");
    assertThat(handlespace.elements(handle)).isEqualTo(before);
    assertThat(handlespace.poolCount()).isEqualTo(pools);
    assertThat(handlespace.checksum(HOME)).isEqualTo(checksum);
    return ((Admission.Refused<String>) admission).cause(TEXT);
  }

  @Test
  void newElementMakesItsPoolAndTheLastOneTakesItAlong() {
    ElementEntry<String> entry = put(ECHO, rr(7));
    assertThat(entry.state()).isEqualTo("new");
    assertThat(entry.isPresent()).isTrue();
    assertThat(handlespace.find(ECHO, ElementId.of(7))).containsSame(entry);
    assertThat(handlespace.find(PING, ElementId.of(7))).isEmpty();
    assertThat(handlespace.pools()).containsExactly(ECHO);
    PoolView pool = handlespace.pool(ECHO).orElseThrow();
    assertThat(pool.size()).isEqualTo(1);
    assertThat(pool.policyType()).isEqualTo(Policy.RoundRobin.TYPE);
    assertThat(pool.transportKind()).isEqualTo(TransportAddress.Kind.TCP);
    assertThat(pool.transportUse()).isEqualTo(TransportUse.DATA_ONLY);

    handlespace.remove(entry);
    assertThat(entry.isPresent()).isFalse();
    assertThat(entry.handle()).isEqualTo(ECHO);
    assertThat(entry.toString()).isEqualTo("EchoPool/0x00000007");
    assertThat(handlespace.pool(ECHO)).isEmpty();
    assertThat(handlespace.poolCount()).isZero();
    assertThat(handlespace.elementCount()).isZero();
    assertThat(handlespace.owners()).isEmpty();
    // The next element may bring another policy.
    put(ECHO, element(7, new LeastUsed(1)));
    assertThat(handlespace.pool(ECHO).orElseThrow().policyType()).isEqualTo(LeastUsed.TYPE);
    assertThat(entry.isPresent()).isFalse();
  }

  @Test
  void removingTwiceIsADefect() {
    ElementEntry<String> entry = put(ECHO, rr(7));
    handlespace.remove(entry);
    put(ECHO, rr(7));
    assertThatThrownBy(() -> handlespace.remove(entry))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("EchoPool/0x00000007");
    assertThatThrownBy(() -> handlespace.changeHome(entry, OTHER))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> handlespace.setExpiry(entry, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThat(handlespace.elementCount()).isEqualTo(1);
  }

  @Test
  void knownElementKeepsItsEntryAndState() {
    ElementEntry<String> entry = put(ECHO, element(7, new LeastUsed(10)));
    entry.state("monitored");
    PoolElementParameter changed = element(7, OTHER, new LeastUsed(20));
    Admission<String> admission = handlespace.put(ECHO, changed, "ignored");
    assertThat(admission)
        .isEqualTo(new Admission.Replaced<>(entry, element(7, new LeastUsed(10)), true));
    assertThat(entry.element()).isEqualTo(changed);
    assertThat(entry.state()).isEqualTo("monitored");
    assertThat(entry.home()).isEqualTo(OTHER);
    assertThat(handlespace.owners()).containsExactly(OTHER);
    assertThat(handlespace.put(ECHO, changed, "ignored"))
        .isEqualTo(new Admission.Replaced<>(entry, changed, false));
    assertThat(handlespace.elementCount()).isEqualTo(1);
  }

  @Test
  void unknownPolicyIsAnInvalidValueIfThePoolIsNew() {
    Policy unknown = new Policy.Extension(0xb000_9999L, Octets.of((byte) 1));
    assertThat(refusal(ECHO, element(7, unknown)))
        .isEqualTo(ErrorCause.of(CauseCode.INVALID_VALUES, TEXT.policy(unknown)));
    assertThat(handlespace.pool(ECHO)).isEmpty();
  }

  @Test
  void policyOfAnotherTypeIsRefusedWithThePoolsPolicy() {
    put(ECHO, element(7, new LeastUsed(3)));
    ErrorCause expected =
        ErrorCause.of(CauseCode.INCONSISTENT_POLICY, TEXT.policy(new LeastUsed(3)));
    assertThat(refusal(ECHO, element(8, Policy.RoundRobin.INSTANCE))).isEqualTo(expected);
    assertThat(refusal(ECHO, element(7, Policy.RoundRobin.INSTANCE))).isEqualTo(expected);
    assertThat(refusal(ECHO, element(9, new Policy.Extension(0xb000_9999L, Octets.EMPTY))))
        .isEqualTo(expected);
    // Values may differ.
    put(ECHO, element(8, new LeastUsed(4)));
  }

  @Test
  void transportOfAnotherTypeIsRefusedWithATransportOfThePool() {
    put(ECHO, rr(7));
    TransportAddress udp = new TransportAddress.Udp(new IpAddress.V4(0x0a00_0001), 7);
    ErrorCause expected =
        ErrorCause.of(CauseCode.INCONSISTENT_TRANSPORT, TEXT.transport(rr(7).userTransport()));
    assertThat(refusal(ECHO, rr(8).withUserTransport(udp))).isEqualTo(expected);
    assertThat(refusal(ECHO, rr(7).withUserTransport(udp))).isEqualTo(expected);
  }

  @Test
  void otherTransportUseIsRefusedWithoutFurtherInformation() {
    put(ECHO, rr(7));
    TransportAddress control =
        new AsapTransport.Tcp(new IpAddress.V4(0x0a00_0001), 7, TransportUse.DATA_PLUS_CONTROL);
    assertThat(refusal(ECHO, rr(8).withUserTransport(control)))
        .isEqualTo(ErrorCause.of(CauseCode.INCONSISTENT_TRANSPORT_USE));
  }

  @Test
  void selectionFollowsThePoolsPolicy() {
    put(ECHO, element(1, new LeastUsedDegradation(0, 10)));
    put(ECHO, element(2, new LeastUsedDegradation(5, 10)));
    assertThat(ids(handlespace.preview(ECHO, 2))).containsExactly(1, 2);
    assertThat(ids(handlespace.select(ECHO, 1))).containsExactly(1);
    assertThat(ids(handlespace.select(ECHO, 1))).containsExactly(2);
    assertThat(ids(handlespace.select(ECHO, 1))).containsExactly(1);
    handlespace.put(ECHO, element(1, new LeastUsedDegradation(0, 10)), "ignored");
    assertThat(ids(handlespace.select(ECHO, 2))).containsExactly(1, 2);
    assertThat(handlespace.select(ECHO, 0)).isEmpty();
    assertThat(handlespace.select(PING, 3)).isEmpty();
    assertThat(handlespace.preview(PING, 3)).isEmpty();
  }

  @Test
  void changeOfHomeAloneDoesNotDisturbTheOrder() {
    List<ElementEntry<String>> entries =
        List.of(put(ECHO, rr(1)), put(ECHO, rr(2)), put(ECHO, rr(3)));
    assertThat(ids(handlespace.select(ECHO, 1))).containsExactly(1);
    entries.forEach(entry -> handlespace.changeHome(entry, OTHER));
    handlespace.put(ECHO, rr(2).withHome(ServerId.of(3)), "ignored");
    assertThat(ids(handlespace.select(ECHO, 3))).containsExactly(2, 3, 1);
    assertThat(handlespace.ownedCount(OTHER)).isEqualTo(2);
    assertThat(ids(handlespace.owned(OTHER))).containsExactly(1, 3);
    assertThat(handlespace.ownedCount(HOME)).isZero();
  }

  @Test
  void checksumIsThatOfTheWorkedExampleAndGoesBackTheSameWay() {
    assertThat(handlespace.checksum(HOME)).isEqualTo(0xffff);
    ElementEntry<String> echo = put(ECHO, rr(0x1234_5678));
    assertThat(handlespace.checksum(HOME)).isEqualTo(0x29a5);
    ElementEntry<String> ping = put(PING, rr(0x0a0b_0c0d));
    assertThat(handlespace.checksum(HOME)).isEqualTo(0xd609);
    ElementEntry<String> daytime = put(DAYTIME, rr(0x00c0_ffee));
    assertThat(handlespace.checksum(HOME)).isEqualTo(0x6d57);
    handlespace.changeHome(echo, OTHER);
    assertThat(handlespace.checksum(OTHER)).isEqualTo(0x29a5);
    handlespace.changeHome(echo, HOME);
    assertThat(handlespace.checksum(OTHER)).isEqualTo(0xffff);
    handlespace.remove(daytime);
    assertThat(handlespace.checksum(HOME)).isEqualTo(0xd609);
    handlespace.remove(ping);
    assertThat(handlespace.checksum(HOME)).isEqualTo(0x29a5);
    handlespace.remove(echo);
    assertThat(handlespace.checksum(HOME)).isEqualTo(0xffff);
  }

  @Test
  void checksumOfManyElementsDoesNotLoseCarries() {
    long sum = 0;
    for (int i = 0; i < 70_000; i++) {
      int id = -1 - i;
      put(ECHO, rr(id));
      sum += 0x4563 + 0x686f + 0x506f + 0x6f6c + (id >>> 16) + (id & 0xffff);
    }
    assertThat(sum).isGreaterThan(1L << 32);
    while (sum > 0xffff) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    assertThat(handlespace.checksum(HOME)).isEqualTo((int) (0xffff - sum));
  }

  @Test
  void sameSeedGivesTheSameSelectionsWhateverIsPreviewedInBetween() {
    List<List<Integer>> plain = drawnIds(42, false);
    assertThat(drawnIds(42, false)).isEqualTo(plain);
    assertThat(drawnIds(42, true)).isEqualTo(plain);
    assertThat(drawnIds(43, false)).isNotEqualTo(plain);
  }

  private static List<List<Integer>> drawnIds(long seed, boolean withPreviews) {
    Handlespace<String> drawing = create(seed);
    List<List<Integer>> drawn = new ArrayList<>();
    for (int id = 1; id <= 50; id++) {
      drawing.put(ECHO, element(id, new Policy.Random()), "new");
      drawing.put(PING, element(id, new Policy.WeightedRandom(id)), "new");
    }
    for (int i = 0; i < 100; i++) {
      if (withPreviews) {
        assertThat(drawing.preview(ECHO, 3)).hasSize(3);
        assertThat(drawing.preview(PING, 3)).hasSize(3);
      }
      drawn.add(ids(drawing.select(ECHO, 3)));
      drawn.add(ids(drawing.select(PING, 3)));
    }
    return drawn;
  }

  private static List<Integer> ids(List<ElementEntry<String>> entries) {
    return entries.stream().map(entry -> entry.id().value()).toList();
  }
}
