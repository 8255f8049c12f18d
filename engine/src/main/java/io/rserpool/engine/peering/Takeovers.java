package io.rserpool.engine.peering;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpInitTakeover;
import io.rserpool.protocol.enrp.EnrpInitTakeoverAck;
import io.rserpool.protocol.enrp.EnrpTakeoverServer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.Consumer;

/// Who takes a dead peer over (RFC 5353 section 3.5): whoever all others let do it. Each target is
/// decided on its own.
final class Takeovers {

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final ServerId id;
  private final PeeringSettings settings;
  private final Peers peers;
  private final Voice voice;
  private final SharedHandlespace handlespace;
  private final Consumer<Peer> forget;

  /// @param forget takes a peer from the list, and all that belongs to it
  Takeovers(PeeringContext context, Voice voice, Consumer<Peer> forget) {
    this.turn = context.turn();
    this.deadlines = context.deadlines();
    this.id = context.id();
    this.settings = context.settings();
    this.peers = context.peers();
    this.voice = voice;
    this.handlespace = context.handlespace();
    this.forget = forget;
  }

  /// A peer is dead.
  void dead(Peer target, String why) {
    int elements = handlespace.count(target.id());
    Duration silence = Duration.ofNanos(turn.nowNs() - target.heardNs());
    turn.emit(new PeerEvent.Dead(target.id(), silence, elements, why));
    if (elements == 0 && !settings.takesOverAlways()) {
      remove(target);
    } else {
      arbitrate(target);
    }
    dropOut(target);
  }

  /// A peer is not in the list any more, without having been taken over: nobody waits for it.
  void gone(Peer peer) {
    dropOut(peer);
  }

  /// A peer lives after all: nobody takes it over, as far as this registrar is concerned.
  void heard(Peer target) {
    target.awaited().clear();
    target.yieldedTo(ServerId.NONE);
  }

  /// There is an association with a peer again: what it has to acknowledge may have been lost.
  void reached(Peer peer, PeerLink link) {
    for (Peer target : peers.all()) {
      if (target.state() == PeerState.ARBITRATING && target.awaited().contains(peer.id())) {
        voice.say(link, new EnrpInitTakeover(id, peer.id(), target.id()));
      }
    }
  }

  /// The deadline of a peer that is arbitrated about, or left to somebody else.
  void due(Peer target) {
    if (target.state() == PeerState.YIELDED) {
      arbitrate(target);
    } else {
      win(target);
    }
  }

  /// Somebody wants to take a registrar over.
  void received(PeerLink link, EnrpInitTakeover message) {
    Peer target = peers.find(message.target());
    if (message.target().equals(id)) {
      turn.emit(new PeerEvent.TakenForDead(message.sender(), false));
      voice.presenceToAll(false);
      return;
    }
    if (target != null && target.state() == PeerState.ARBITRATING && !yieldsTo(message.sender())) {
      return;
    }
    if (target != null) {
      leaveTo(target, message.sender());
    }
    voice.say(link, new EnrpInitTakeoverAck(id, message.sender(), message.target()));
  }

  /// Somebody lets this registrar take a peer over.
  void received(EnrpInitTakeoverAck message) {
    Peer target = peers.find(message.target());
    if (target != null && target.state() == PeerState.ARBITRATING) {
      target.awaited().remove(message.sender());
      winIfAllAgree(target);
    }
  }

  /// Somebody has taken a registrar over. One that was heard all the same stays in the list: it is
  /// about to say which elements are its own nevertheless.
  void received(EnrpTakeoverServer message) {
    ServerId by = message.sender();
    int elements = handlespace.takenOver(message.target(), by);
    if (message.target().equals(id)) {
      turn.emit(new PeerEvent.TakenForDead(by, true));
      voice.presenceToAll(false);
      return;
    }
    turn.emit(new PeerEvent.TakenOver(message.target(), by, elements));
    Peer target = peers.find(message.target());
    if (target != null && !target.isActive()) {
      remove(target);
      dropOut(target);
    }
  }

  private boolean yieldsTo(ServerId other) {
    return id.compareTo(other) < 0 == settings.higherIdWins();
  }

  private void leaveTo(Peer target, ServerId by) {
    target.awaited().clear();
    target.state(PeerState.YIELDED, turn.nowNs());
    target.yieldedTo(by);
    handlespace.heard(target.id(), false);
    turn.emit(new PeerEvent.TakeoverYielded(target.id(), by));
    deadlines.set(target.deadline(), turn.nowNs() + settings.noResponseNs() + expiryNs());
    dropOut(target);
  }

  private void arbitrate(Peer target) {
    SequencedSet<ServerId> awaited = new LinkedHashSet<>();
    for (Peer peer : peers.all()) {
      boolean counts = peer.isActive() || peer.state() == PeerState.SUSPECT;
      if (peer != target && counts) {
        awaited.add(peer.id());
      }
    }
    target.state(PeerState.ARBITRATING, turn.nowNs());
    target.yieldedTo(ServerId.NONE);
    target.awaited(awaited);
    handlespace.heard(target.id(), false);
    turn.emit(new PeerEvent.TakeoverBegun(target.id(), awaited.size()));
    voice.announce(receiver -> new EnrpInitTakeover(id, receiver, target.id()));
    deadlines.set(target.deadline(), turn.nowNs() + expiryNs());
    winIfAllAgree(target);
  }

  /// Nobody waits any more for a peer that is dead or gone, and nothing is left to it.
  private void dropOut(Peer gone) {
    for (Peer target : peers.all()) {
      if (target == gone || peers.find(target.id()) != target) {
        continue;
      }
      if (target.state() == PeerState.ARBITRATING && target.awaited().remove(gone.id())) {
        winIfAllAgree(target);
      } else if (target.state() == PeerState.YIELDED && target.yieldedTo().equals(gone.id())) {
        arbitrate(target);
      }
    }
  }

  private void winIfAllAgree(Peer target) {
    if (target.awaited().isEmpty()) {
      win(target);
    }
  }

  private void win(Peer target) {
    int missing = target.awaited().size();
    voice.announce(receiver -> new EnrpTakeoverServer(id, receiver, target.id()));
    remove(target);
    int elements = handlespace.adopt(target.id());
    turn.emit(new PeerEvent.TakeoverWon(target.id(), elements, missing));
  }

  private void remove(Peer target) {
    target.awaited().clear();
    forget.accept(target);
  }

  private long expiryNs() {
    return Math.max(settings.expiryNs(), settings.expiryRoundTrips() * peers.slowestRoundTripNs());
  }
}
