package io.rserpool.sim.network;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Input;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.sim.Simulation;
import java.util.List;
import java.util.random.RandomGenerator;

/// One end of an association: where its node sends, and who is at the other end.
final class Wire {

  private final Node peer;
  private final AssociationId peerId;
  private final Line<AsapMessage> line;

  Wire(
      Simulation simulation,
      LinkSettings settings,
      RandomGenerator random,
      Node peer,
      AssociationId peerId) {
    this.peer = peer;
    this.peerId = peerId;
    this.line = new Line<>(simulation, settings, random, this::deliver);
  }

  Node peer() {
    return peer;
  }

  AssociationId peerId() {
    return peerId;
  }

  void send(AsapMessage message) {
    line.send(message);
  }

  void cut() {
    line.cut();
  }

  private void deliver(AsapMessage message) {
    peer.take(new Input.AsapReceived(peerId, message, List.of()));
  }
}
