package io.rserpool.sim.network;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.sim.Simulation;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Nodes that can call each other over links of one kind.
public final class Network {

  private static final int CLIENT_PORT = 40_000;

  private final Simulation simulation;
  private final LinkSettings settings;
  private final RandomGenerator.SplittableGenerator random;
  private final HashMap<String, Node> listeners = new HashMap<>();

  /// A network without nodes.
  public Network(
      Simulation simulation, LinkSettings settings, RandomGenerator.SplittableGenerator random) {
    this.simulation = simulation;
    this.settings = settings;
    this.random = random;
  }

  /// Puts an engine on the network.
  ///
  /// @param events takes what the engine tells
  public Node node(Engine engine, IpAddress address, Consumer<Event> events) {
    return new Node(simulation, this, engine, address, events);
  }

  /// Lets a node accept calls at a port of its address.
  ///
  /// @return where it is called
  public Endpoint listen(Node node, int port) {
    Endpoint endpoint = Endpoint.of(Endpoint.Scheme.TCP, node.address().toString(), port);
    listeners.put(endpoint.toString(), node);
    return endpoint;
  }

  void open(Node caller, Effect.Open open) {
    long roundTripNs = 2 * settings.delayNs();
    simulation.at(simulation.nowNs() + roundTripNs, () -> answer(caller, open));
  }

  void end(Node node, AssociationId id, boolean isAbort) {
    Wire wire = node.detach(id);
    if (wire == null) {
      return;
    }
    if (isAbort) {
      wire.cut();
    }
    LossReason reason = isAbort ? LossReason.RESET : LossReason.CLOSED;
    simulation.at(
        simulation.nowNs() + settings.delayNs(),
        () -> {
          Wire back = wire.peer().detach(wire.peerId());
          if (back != null) {
            back.cut();
            wire.peer().take(new Input.AssociationDown(wire.peerId(), reason, "by the peer"));
          }
        });
  }

  private void answer(Node caller, Effect.Open open) {
    Node callee = listeners.get(open.endpoint().toString());
    if (callee == null || callee.isDead()) {
      caller.take(
          new Input.AssociationDown(open.association(), LossReason.REFUSED, "nobody listens"));
      return;
    }
    AssociationId accepted = callee.nextAccepted();
    caller.attach(
        open.association(), new Wire(simulation, settings, random.split(), callee, accepted));
    callee.attach(
        accepted, new Wire(simulation, settings, random.split(), caller, open.association()));
    int port = open.endpoint().port();
    callee.take(up(accepted, open, caller, CLIENT_PORT, callee, port));
    caller.take(up(open.association(), open, callee, port, caller, CLIENT_PORT));
  }

  private static Input up(
      AssociationId id, Effect.Open open, Node peer, int peerPort, Node own, int ownPort) {
    return new Input.AssociationUp(
        id,
        open.kind(),
        TransportAddress.Kind.TCP,
        List.of(peer.address()),
        peerPort,
        new AsapTransport.Tcp(own.address(), ownPort),
        PeerIdentity.ANONYMOUS);
  }
}
