package io.rserpool.sim.check;

import io.rserpool.engine.peers.PeerState;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.protocol.ServerId;
import java.util.TreeSet;

/// When everything has settled, every registrar counts exactly the others that run as alive: active, or
/// just asked since a message of theirs was late; and the checksum that each told last was right.
final class PeerLists extends Invariant {

  PeerLists(Truth truth) {
    super("peer-lists", truth);
  }

  @Override
  void observe(Observation observation) {
    if (!(observation instanceof Observation.Settled)) {
      return;
    }
    TreeSet<ServerId> running = new TreeSet<>();
    truth().running().forEach(r -> running.add(r.view().orElseThrow().id()));
    for (RegistrarFacts registrar : truth().running()) {
      RegistrarView view = registrar.view().orElseThrow();
      TreeSet<ServerId> expected = new TreeSet<>(running);
      expected.remove(view.id());
      TreeSet<ServerId> active = new TreeSet<>();
      for (PeerStatus peer : view.peers()) {
        boolean counts = peer.state() == PeerState.ACTIVE || peer.state() == PeerState.SUSPECT;
        if (counts && !peer.id().isNone()) {
          active.add(peer.id());
          check(
              peer.inStep(),
              registrar.name(),
              () -> "to be in step with " + peer.id(),
              () -> "the checksum that it told last differs");
        }
      }
      check(active.equals(expected), registrar.name(), expected::toString, active::toString);
    }
  }
}
