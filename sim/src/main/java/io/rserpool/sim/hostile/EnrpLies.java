package io.rserpool.sim.hostile;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
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
import io.rserpool.sim.access.Charter;
import io.rserpool.sim.scope.ElementProcess;
import java.util.List;
import java.util.random.RandomGenerator;

/// What an adversary says in ENRP, as if it were a registrar.
final class EnrpLies {

  private static final int SERVICE_PORT = 7;
  private static final int ENRP_PORT = 9901;
  private static final int CHECKSUMS = 0x1_0000;
  private static final int LIFE_S = 300;

  private final Sight sight;
  private final IpAddress address;
  private final RandomGenerator random;

  EnrpLies(Sight sight, IpAddress address, RandomGenerator random) {
    this.sight = sight;
    this.address = address;
    this.random = random;
  }

  /// Something in the name of a registrar.
  EnrpMessage from(ServerId sender) {
    ServerId target = sight.server(random);
    ElementProcess victim = sight.element(random);
    ServerId home = random.nextBoolean() ? sender : sight.server(random);
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> update(sender, random.nextInt(4) == 0 ? ServerId.NONE : home, victim);
      case 3 ->
          new EnrpHandleTableResponse(
              sender,
              ServerId.NONE,
              false,
              random.nextBoolean(),
              List.of(
                  new EnrpHandleTableResponse.PoolEntry(
                      victim.handle(), List.of(element(victim, home)))));
      case 4 -> new EnrpListResponse(sender, ServerId.NONE, false, List.of(information(target)));
      case 5 -> new EnrpInitTakeover(sender, ServerId.NONE, target);
      case 6 -> new EnrpTakeoverServer(sender, ServerId.NONE, target);
      case 7 -> new EnrpInitTakeoverAck(sender, ServerId.NONE, target);
      case 8 -> presence(sender);
      default ->
          random.nextBoolean()
              ? new EnrpHandleTableRequest(sender, ServerId.NONE, random.nextBoolean())
              : new EnrpListRequest(sender, ServerId.NONE);
    };
  }

  /// Something in its own name about an element of another registrar.
  EnrpMessage about(ServerId own, ServerId home) {
    return update(own, home, sight.element(random));
  }

  /// That a registrar is there, wherever.
  EnrpPresence presence(ServerId sender) {
    return new EnrpPresence(
        sender,
        ServerId.NONE,
        random.nextBoolean(),
        random.nextInt(CHECKSUMS),
        random.nextInt(4) == 0 ? ServerInformation.NONE : information(sender));
  }

  private EnrpHandleUpdate update(ServerId sender, ServerId home, ElementProcess victim) {
    UpdateAction action = random.nextBoolean() ? UpdateAction.ADD_PE : UpdateAction.DEL_PE;
    return new EnrpHandleUpdate(
        sender, ServerId.NONE, action, false, victim.handle(), element(victim, home));
  }

  private PoolElementParameter element(ElementProcess victim, ServerId home) {
    IpAddress there = random.nextBoolean() ? address : victim.node().address();
    return new PoolElementParameter(
        sight.elementId(victim, random),
        home,
        LIFE_S,
        new AsapTransport.Tcp(there, SERVICE_PORT),
        new Policy.LeastUsed(0),
        AsapTransport.Absent.INSTANCE,
        Charter.name("element", victim.name()));
  }

  private ServerInformation information(ServerId server) {
    IpAddress there = random.nextInt(3) == 0 ? sight.member(random).address() : address;
    return new ServerInformation(server, List.of(new AsapTransport.Tcp(there, ENRP_PORT)));
  }
}
