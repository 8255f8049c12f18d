package io.rserpool.sim.hostile;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.sim.access.Charter;
import io.rserpool.sim.scope.ElementProcess;
import java.util.List;
import java.util.random.RandomGenerator;

/// What an adversary says in ASAP: mostly about elements of others, now and then about its own.
final class AsapLies {

  private static final int SERVICE_PORT = 7;
  private static final int ASAP_PORT = 4863;
  private static final List<Integer> LIVES_S =
      List.of(60, 300, 3_000, PoolElementParameter.LIFE_INFINITE);
  private static final int OWN_POOLS = 2;
  private static final int OWN_IDS = 6;
  private static final int LOADS = 1_000_000;
  private static final int NOWHERE = 0x0a4d_0001;
  private static final List<LeaveRequest> LEAVES =
      List.of(LeaveRequest.NONE, LeaveRequest.REMOVE, LeaveRequest.DRAIN);

  private final Sight sight;
  private final Charter charter;
  private final IpAddress address;
  private final int number;
  private final boolean reports;
  private final boolean lives;
  private final RandomGenerator random;

  /// @param charter who may do what at the start
  /// @param number of the adversary
  /// @param reports whether it may report elements
  AsapLies(
      Sight sight,
      Charter charter,
      IpAddress address,
      int number,
      boolean reports,
      RandomGenerator random) {
    this.sight = sight;
    this.charter = charter;
    this.address = address;
    this.number = number;
    this.reports = reports;
    // Where homes do not enforce lives, but peers do, one that is not renewed comes and goes for
    // ever.
    this.lives = sight.enforcesLives();
    this.random = random;
  }

  /// Something for a registrar.
  AsapMessage toRegistrar() {
    ElementProcess victim = sight.element(random);
    PoolHandle pool = victim.handle();
    ElementId id = sight.elementId(victim, random);
    return switch (random.nextInt(12)) {
      case 0 -> new AsapRegistration(pool, element(id, victim.node().address()));
      case 1 -> new AsapRegistration(pool, element(id, address));
      case 2, 3 -> registration();
      case 4, 5 -> new AsapDeregistration(pool, id, Sight.one(LEAVES, random));
      case 6 -> new AsapDeregistration(ownPool(), ownId());
      case 7 ->
          reports
              ? new AsapEndpointUnreachable(pool, id)
              : new AsapHandleResolution(pool, random.nextBoolean(), 0);
      case 8 -> new AsapHandleResolution(pool, random.nextBoolean(), random.nextInt(4));
      case 9 -> new AsapEndpointKeepAliveAck(pool, id);
      case 10 -> new AsapEndpointKeepAliveAck(ownPool(), ownId());
      default -> senseless(pool, id);
    };
  }

  /// An element of its own, with whatever addresses.
  AsapRegistration registration() {
    IpAddress claimed =
        switch (random.nextInt(6)) {
          case 0 -> sight.member(random).address();
          case 1 -> new IpAddress.V4(Charter.ROGUE_NETWORK + 1 + random.nextInt(9));
          case 2 -> new IpAddress.V4(NOWHERE);
          default -> address;
        };
    return new AsapRegistration(ownPool(), element(ownId(), claimed));
  }

  /// A report about a pool that there is not.
  AsapEndpointUnreachable nonsense() {
    PoolHandle nowhere = PoolHandle.of("nowhere" + random.nextInt(LOADS));
    return new AsapEndpointUnreachable(nowhere, ownId());
  }

  /// A question, for floods.
  AsapHandleResolution question() {
    return new AsapHandleResolution(sight.pool(random), random.nextBoolean(), 0);
  }

  /// An element of its own that goes again, for floods.
  AsapDeregistration farewell() {
    return new AsapDeregistration(ownPool(), ownId());
  }

  private AsapMessage senseless(PoolHandle pool, ElementId id) {
    return random.nextBoolean()
        ? new AsapEndpointKeepAlive(sight.server(random), true, pool, id)
        : announcement();
  }

  /// Something for an element, as if from its registrar.
  AsapMessage toElement(ElementProcess victim) {
    PoolHandle pool = victim.handle();
    List<ErrorCause> causes = List.of(ErrorCause.of(CauseCode.SECURITY));
    return switch (random.nextInt(4)) {
      case 0 ->
          new AsapDeregistrationResponse(pool, victim.id(), List.of(), Sight.one(LEAVES, random));
      case 1 -> new AsapRegistrationResponse(pool, victim.id(), true, causes);
      default ->
          new AsapEndpointKeepAlive(sight.server(random), random.nextInt(4) > 0, pool, victim.id());
    };
  }

  /// Something for whoever has called it, as if it were a registrar.
  AsapMessage toCaller() {
    ElementProcess victim = sight.element(random);
    return random.nextBoolean()
        ? toElement(victim)
        : new AsapHandleResolutionResponse(
            victim.handle(),
            true,
            new AsapHandleResolutionResponse.Found(
                new Policy.LeastUsed(0), List.of(element(ownId(), address))));
  }

  /// That some registrar is there, which leads to nothing, or to the adversary.
  AsapServerAnnounce announcement() {
    IpAddress there =
        switch (random.nextInt(4)) {
          case 0 -> sight.member(random).address();
          case 1 -> new IpAddress.V4(NOWHERE);
          default -> address;
        };
    int port = random.nextInt(4) == 0 ? 1 + random.nextInt(60_000) : 3863;
    return new AsapServerAnnounce(
        sight.server(random), List.of(new AsapTransport.Tcp(there, port)));
  }

  private PoolElementParameter element(ElementId id, IpAddress claimed) {
    ElementProcess named = sight.element(random);
    String owner = Charter.name("element", named.name());
    return new PoolElementParameter(
        id,
        random.nextBoolean() ? ServerId.NONE : sight.server(random),
        lives ? Sight.one(LIVES_S, random) : PoolElementParameter.LIFE_INFINITE,
        new AsapTransport.Tcp(claimed, SERVICE_PORT),
        new Policy.LeastUsed(random.nextInt(LOADS)),
        new AsapTransport.Tcp(random.nextInt(4) == 0 ? claimed : address, ASAP_PORT),
        random.nextBoolean() ? "" : owner);
  }

  /// Where roles alone count, any pool is one for it.
  private PoolHandle ownPool() {
    return charter.kind() == Charter.Kind.ROLES && random.nextBoolean()
        ? sight.pool(random)
        : PoolHandle.of(Charter.ROGUE_POOLS + (1 + random.nextInt(OWN_POOLS)));
  }

  private ElementId ownId() {
    int id = Charter.ROGUE_ID_MIN + OWN_IDS * number + random.nextInt(OWN_IDS);
    return ElementId.of(random.nextInt(8) == 0 ? id + Charter.ROGUE_ID_MAX : id);
  }
}
