package io.rserpool.engine.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.enrp.EnrpError;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpInitTakeover;
import io.rserpool.protocol.enrp.EnrpInitTakeoverAck;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.protocol.enrp.EnrpTakeoverServer;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Peers and elements that say anything at all, in any order, do not break a registrar: it never
/// throws, never spins, keeps a bounded number of everything, and its checksums are those of what it
/// has.
class PeerRandomTest {

  private static final int SEEDS = 20;
  private static final int STEPS = 2_000;
  private static final int TICKS_MAX = 20_000;
  private static final List<LossReason> REASONS =
      List.of(LossReason.CLOSED, LossReason.RESET, LossReason.REFUSED, LossReason.UNREACHABLE);

  private final Map<AssociationId, AssociationKind> up = new LinkedHashMap<>();
  private final Map<AssociationId, AssociationKind> calls = new LinkedHashMap<>();
  private SplittableRandom random = new SplittableRandom(0);
  private RegistrarEngine engine = newEngine(Profile.STANDARD, 0);
  private long nowNs;
  private long nextAssociation;
  private long effects;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void nothingThatComesBreaksTheRules(Profile profile) {
    String seed = System.getProperty("rserpool.seed");
    long first = seed == null ? 1 : Long.parseLong(seed);
    long last = seed == null ? SEEDS : first;
    for (long number = first; number <= last; number++) {
      try {
        assertThat(play(profile, number)).isGreaterThan(STEPS / 2);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "profile %s seed %d; replay: mvn -pl engine -am test -Dtest=PeerRandomTest -Drserpool.seed=%d"
                .formatted(profile, number, number),
            e);
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameCourse() {
    assertThat(play(Profile.STANDARD, 5)).isEqualTo(play(Profile.STANDARD, 5));
  }

  private static RegistrarEngine newEngine(Profile profile, long seed) {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(profile).toBuilder()
            .set(RegistrarSetting.TABLE_ELEMENTS, 3)
            .set(RegistrarSetting.MALFORMED_MAX, 0)
            .set(RegistrarSetting.CONNECTION_RATE, 0)
            .set(RegistrarSetting.PEERS_MAX, 4)
            .build();
    return new RegistrarEngine(
        settings, PeerScript.ID, new PeerQuotes(), new SplittableRandom(seed + 1));
  }

  private long play(Profile profile, long seed) {
    random = new SplittableRandom(seed);
    engine = newEngine(profile, seed);
    up.clear();
    calls.clear();
    nowNs = 0;
    nextAssociation = 0;
    effects = 0;
    engine.handle(
        nowNs,
        new RegistrarRequest.Start(
            1,
            List.of(),
            List.of(PeerScript.HERE),
            false,
            random.nextBoolean()
                ? List.of()
                : List.of(PeerScript.endpoint(3), PeerScript.endpoint(7))),
        this::take);
    for (int step = 0; step < STEPS; step++) {
      pass(random.nextInt(6) == 0 ? random.nextLong(4_000_000_000L) : random.nextLong(30_000_000));
      Input input = input();
      engine.handle(nowNs, input, this::take);
      if (input instanceof Input.AssociationDown down) {
        up.remove(down.association());
      }
      check();
    }
    return effects;
  }

  private void pass(long ns) {
    long toNs = nowNs + ns;
    if (random.nextInt(40) == 0) {
      nowNs = toNs;
      return;
    }
    int ticks = 0;
    while (engine.nextDeadlineNs() <= toNs) {
      nowNs = Math.max(nowNs, engine.nextDeadlineNs());
      engine.tick(nowNs, this::take);
      check();
      assertThat(engine.nextDeadlineNs()).as("the next deadline").isGreaterThan(nowNs);
      assertThat(++ticks).as("ticks").isLessThan(TICKS_MAX);
    }
    nowNs = toNs;
  }

  private void check() {
    RegistrarView view = engine.view();
    assertThat(view.peers()).hasSizeLessThanOrEqualTo(4);
    assertThat(view.peers()).allMatch(peer -> !peer.silence().isNegative());
    assertThat(view.sizes().get("adoptions")).isLessThanOrEqualTo(view.sizes().get("elements"));
    assertThat(view.sizes().get("associations")).isEqualTo(up.size());
    for (long home = 0; home < 9; home++) {
      ServerId id = PeerScript.id(home);
      long count = view.elements().stream().filter(e -> e.element().homeId().equals(id)).count();
      assertThat(count == 0).as("%s has nothing", id).isEqualTo(view.checksum(id) == 0xffff);
    }
  }

  private void take(Effect effect) {
    effects++;
    switch (effect) {
      case Effect.Open open -> calls.put(open.association(), open.kind());
      case Effect.Close(AssociationId id) -> gone(id);
      case Effect.Abort(AssociationId id, String _) -> gone(id);
      case Effect.SendEnrp(AssociationId id, EnrpMessage _) -> assertThat(up).containsKey(id);
      case Effect.SendAsap _,
          Effect.Announce _,
          Effect.AnnouncePresence _,
          Effect.Reply _,
          Effect.Emit _ -> {}
    }
  }

  private void gone(AssociationId id) {
    assertThat(up.containsKey(id) || calls.containsKey(id)).as("%s is there", id).isTrue();
    up.remove(id);
    calls.remove(id);
  }

  private Input input() {
    if (!calls.isEmpty() && random.nextInt(3) == 0) {
      AssociationId id = any(calls);
      AssociationKind kind = calls.getOrDefault(id, AssociationKind.ENRP);
      calls.remove(id);
      return random.nextInt(3) == 0 ? lost(id) : opened(id, kind);
    }
    if (up.size() < 4 || random.nextInt(20) == 0) {
      return opened(
          new AssociationId(++nextAssociation),
          random.nextInt(3) == 0 ? AssociationKind.ASAP : AssociationKind.ENRP);
    }
    AssociationId id = any(up);
    if (random.nextInt(15) == 0) {
      return lost(id);
    }
    return up.get(id) == AssociationKind.ENRP
        ? new Input.EnrpReceived(id, enrp(id), List.of())
        : new Input.AsapReceived(id, asap(), List.of());
  }

  private AssociationId any(Map<AssociationId, AssociationKind> of) {
    return List.copyOf(of.keySet()).get(random.nextInt(of.size()));
  }

  private Input lost(AssociationId id) {
    LossReason reason = REASONS.get(random.nextInt(REASONS.size()));
    return new Input.AssociationDown(id, reason, "chance");
  }

  private Input opened(AssociationId id, AssociationKind kind) {
    up.put(id, kind);
    return new Input.AssociationUp(
        id,
        kind,
        TransportAddress.Kind.TCP,
        List.of(Script.address(1 + random.nextInt(5))),
        40_000,
        new AsapTransport.Tcp(Script.address(200), 9_901),
        PeerIdentity.ANONYMOUS);
  }

  private AsapMessage asap() {
    PoolElementParameter element = element().withHome(ServerId.NONE);
    return switch (random.nextInt(6)) {
      case 0 -> new AsapDeregistration(Script.POOL, element.elementId());
      case 1, 2 -> new AsapEndpointKeepAliveAck(Script.POOL, element.elementId());
      default -> new AsapRegistration(Script.POOL, element);
    };
  }

  private EnrpMessage enrp(AssociationId line) {
    // Mostly, who speaks on an association is always the same.
    long n = random.nextInt(12) == 0 ? random.nextInt(9) : 1 + Math.floorMod(line.value(), 8L);
    ServerId sender = PeerScript.id(n);
    ServerId to = random.nextInt(15) == 0 ? someId() : ServerId.NONE;
    ServerInformation information =
        n == 0 || random.nextInt(9) == 0 ? ServerInformation.NONE : PeerScript.information(n);
    return switch (random.nextInt(14)) {
      case 0 -> new EnrpHandleTableRequest(sender, to, random.nextBoolean());
      case 1 -> new EnrpHandleTableResponse(sender, to, true, false, List.of());
      case 2, 3 ->
          new EnrpHandleTableResponse(
              sender,
              to,
              false,
              random.nextBoolean(),
              List.of(
                  new EnrpHandleTableResponse.PoolEntry(
                      Script.POOL, List.of(element(), element()))));
      case 4, 5, 6 ->
          new EnrpHandleUpdate(
              sender,
              to,
              random.nextInt(3) == 0 ? UpdateAction.DEL_PE : UpdateAction.ADD_PE,
              false,
              Script.POOL,
              random.nextBoolean() ? element() : element().withHome(sender));
      case 7 -> new EnrpListRequest(sender, to);
      case 8 ->
          new EnrpListResponse(
              sender,
              to,
              false,
              List.of(PeerScript.information(3), PeerScript.information(1 + random.nextInt(8))));
      case 9 -> new EnrpInitTakeover(sender, to, someId());
      case 10 -> new EnrpInitTakeoverAck(sender, to, someId());
      case 11 -> new EnrpTakeoverServer(sender, to, someId());
      case 12 -> new EnrpError(sender, to, List.of(ErrorCause.of(CauseCode.UNRECOGNIZED_MESSAGE)));
      default ->
          new EnrpPresence(
              sender,
              to,
              random.nextBoolean(),
              random.nextBoolean() ? engine.view().checksum(sender) : random.nextInt(0x10000),
              information);
    };
  }

  private ServerId someId() {
    return PeerScript.id(random.nextInt(9));
  }

  private PoolElementParameter element() {
    int n = 1 + random.nextInt(6);
    return new PoolElementParameter(
        ElementId.of(n),
        someId(),
        random.nextInt(4) == 0 ? -1 : 1 + random.nextInt(30),
        Script.service(random.nextInt(5) == 0 ? 1 + random.nextInt(5) : 1 + n % 5),
        random.nextInt(5) == 0 ? new Policy.WeightedRoundRobin(2) : Policy.RoundRobin.INSTANCE,
        random.nextInt(3) == 0
            ? AsapTransport.Absent.INSTANCE
            : new AsapTransport.Tcp(Script.address(1 + n % 5), random.nextInt(3) == 0 ? 0 : 5_000));
  }
}
