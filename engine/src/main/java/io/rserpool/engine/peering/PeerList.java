package io.rserpool.engine.peering;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps the peer list (RFC 5353 section 3.4): who comes onto it, who on it lives, and who goes from
/// it. Whoever says anything is known and alive from then on (sections 3.4.1 and 3.4.3).
final class PeerList {

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final ServerId id;
  private final PeeringSettings settings;
  private final Peers peers;
  private final SharedHandlespace handlespace;
  private final Lines lines;
  private final Links links;
  private final Voice voice;
  private final Contacts contacts;
  private final Downloads downloads;
  private final Startup startup;
  private final Suspicion suspicion;
  private final Takeovers takeovers;
  private final BoundNames names = new BoundNames();

  PeerList(
      PeeringContext context,
      Lines lines,
      Links links,
      Voice voice,
      Contacts contacts,
      Downloads downloads,
      Startup startup) {
    this.turn = context.turn();
    this.deadlines = context.deadlines();
    this.id = context.id();
    this.settings = context.settings();
    this.peers = context.peers();
    this.handlespace = context.handlespace();
    this.lines = lines;
    this.links = links;
    this.voice = voice;
    this.contacts = contacts;
    this.downloads = downloads;
    this.startup = startup;
    this.suspicion = new Suspicion(context, links, voice, this::dead);
    this.takeovers = new Takeovers(context, voice, this::forget);
  }

  /// Whether those on the list live.
  Suspicion suspicion() {
    return suspicion;
  }

  /// What becomes of those who do not.
  Takeovers takeovers() {
    return takeovers;
  }

  /// Nobody on the list is looked after any more.
  void stop() {
    peers.all().forEach(peer -> deadlines.cancel(peer.deadline()));
  }

  /// The peer that speaks on an association: known from now on, and alive.
  @Nullable Peer speaker(ServerId sender, PeerLink link) {
    Peer speaker = link.peer();
    if (speaker != null && !speaker.id().equals(sender)) {
      lines.senseless(
          link.id(), "registrar " + sender + " on the association of registrar " + speaker.id());
      return null;
    }
    if (lines.isSecured() && !names.belongsTo(sender, link.identity())) {
      refuse(sender, link);
      return null;
    }
    Peer peer = peers.find(sender);
    if (peer == null) {
      peer = add(sender);
      if (peer == null) {
        lines.senseless(link.id(), "there are " + settings.peersMax() + " peers already");
        return null;
      }
      turn.emit(new PeerEvent.Found(sender, link.address()));
      meet(peer, link);
      heard(peer, true);
      voice.presence(link, sender, true);
    } else {
      if (speaker == null) {
        meet(peer, link);
      }
      heard(peer, false);
      if (speaker == null) {
        takeovers.reached(peer, link);
      }
    }
    if (speaker == null) {
      // Only now: the death of somebody else may have consequences for whoever is not active.
      suspicion.strangerAt(link);
    }
    return peer;
  }

  /// Somebody speaks in the name of another.
  private void refuse(ServerId sender, PeerLink link) {
    String owner = names.ownerOf(sender);
    turn.emit(new PeerEvent.Impostor(sender, link.address(), link.identity(), owner));
    links.refuse(link, "it speaks for registrar " + sender);
    lost(link, "it speaks in the name of another");
  }

  /// Somebody told of a server: it counts when it has spoken itself.
  void learn(ServerInformation server) {
    ServerId serverId = server.serverId();
    if (serverId.isNone() || serverId.equals(id) || peers.find(serverId) != null) {
      return;
    }
    Peer peer = add(serverId);
    if (peer != null) {
      peer.information(server);
      suspicion.begin(peer);
    }
  }

  /// An association is gone, or was given up.
  void lost(PeerLink link, String detail) {
    contacts.lost(link);
    Peer peer = link.peer();
    if (peer == null || peers.find(peer.id()) != peer) {
      return;
    }
    peer.mayHaveMissed(true);
    downloads.lost(peer);
    startup.lost(peer);
    suspicion.suspect(peer, "association lost: " + detail);
  }

  /// Whether there is a peer of that name that nobody takes for dead.
  boolean isPresent(ServerId peer) {
    Peer known = peers.find(peer);
    return known != null
        && known.hasSpoken()
        && (known.isActive() || known.state() == PeerState.SUSPECT);
  }

  /// The peers by identifier.
  List<PeerStatus> status() {
    List<PeerStatus> status = new ArrayList<>();
    for (Peer peer : peers.all()) {
      status.add(
          new PeerStatus(
              peer.id(),
              peer.state(),
              peer.endpoints().stream().map(Endpoint::toString).toList(),
              handlespace.count(peer.id()),
              handlespace.checksum(peer.id()),
              peer.isInStep(),
              Duration.ofNanos(turn.nowNs() - peer.heardNs())));
    }
    return status;
  }

  private @Nullable Peer add(ServerId peerId) {
    if (peers.size() >= settings.peersMax()) {
      return null;
    }
    Peer peer = new Peer(peerId, deadlines, this::due, turn.nowNs());
    peers.add(peer);
    return peer;
  }

  /// An association turns out to lead to a peer.
  private void meet(Peer peer, PeerLink link) {
    if (peer.call() == link) {
      peer.call(null);
    }
    link.peer(peer);
    peer.links().add(link);
    contacts.reached(link);
  }

  private void heard(Peer peer, boolean isNew) {
    PeerState before = peer.state();
    boolean isFirstWord = !peer.hasSpoken();
    peer.heard(turn.nowNs());
    if (before != PeerState.ACTIVE) {
      peer.state(PeerState.ACTIVE, turn.nowNs());
      takeovers.heard(peer);
      if (isFirstWord || before != PeerState.SUSPECT) {
        handlespace.heard(peer.id(), true);
      }
      if (!isNew) {
        turn.emit(new PeerEvent.Returned(peer.id(), before));
      }
      suspicion.watch(peer);
    }
    startup.heard(peer);
  }

  /// A peer is dead. One that has never said a word is left to those who know it.
  private void dead(Peer peer, String why) {
    if (!peer.hasSpoken() && peers.count(PeerState.ACTIVE) > 0) {
      turn.emit(new PeerEvent.RequestFailed(peer.id(), "cannot be reached: " + why));
      forget(peer);
      takeovers.gone(peer);
    } else {
      takeovers.dead(peer, why);
    }
  }

  /// Takes a peer from the list.
  private void forget(Peer peer) {
    peers.remove(peer);
    deadlines.cancel(peer.deadline());
    downloads.lost(peer);
    startup.lost(peer);
    PeerLink call = peer.call();
    if (call != null) {
      peer.call(null);
      links.close(call);
    }
    for (PeerLink link : List.copyOf(peer.links())) {
      links.close(link);
      contacts.lost(link);
    }
  }

  private void due(Peer peer) {
    switch (peer.state()) {
      case ACTIVE, SUSPECT -> suspicion.due(peer);
      case ARBITRATING, YIELDED -> takeovers.due(peer);
    }
  }
}
