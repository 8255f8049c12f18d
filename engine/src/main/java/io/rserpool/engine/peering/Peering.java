package io.rserpool.engine.peering;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The peer side of a registrar (RFC 5353): hands each message to the duty that it concerns, and
/// keeps the peer list. Whoever says anything is known and alive from then on (sections 3.4.1 and
/// 3.4.3).
public final class Peering {

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final ServerId id;
  private final PeeringSettings settings;
  private final SharedHandlespace handlespace;
  private final Lines lines;
  private final RandomGenerator random;
  private final PeerList peers = new PeerList();
  private final Links links;
  private final Voice voice;
  private final Contacts contacts;
  private final Suspicion suspicion;
  private final Takeovers takeovers;
  private final Downloads downloads;
  private final Uploads uploads;
  private final Audits audits;
  private final Startup startup;
  private final DeadlineQueue.Deadline<Due> heartbeat;

  /// A registrar without peers.
  ///
  /// @param onServing hears when the registrar may begin to serve, or to serve again, and who was
  ///     its mentor, if anybody was
  public Peering(
      Turn turn,
      DeadlineQueue<Due> deadlines,
      ServerId id,
      PeeringSettings settings,
      SharedHandlespace handlespace,
      Lines lines,
      RandomGenerator random,
      Consumer<ServerId> onServing) {
    this.turn = turn;
    this.deadlines = deadlines;
    this.id = id;
    this.settings = settings;
    this.handlespace = handlespace;
    this.lines = lines;
    this.random = random;
    links = new Links(turn, lines);
    voice = new Voice(turn, id, settings, peers, handlespace);
    contacts = new Contacts(turn, deadlines, settings, random, links, voice);
    takeovers =
        new Takeovers(turn, deadlines, id, settings, peers, voice, handlespace, this::forget);
    suspicion = new Suspicion(turn, deadlines, settings, peers, links, voice, this::dead);
    downloads = new Downloads(turn, deadlines, id, settings, handlespace, voice);
    uploads = new Uploads(turn, id, settings, peers, links, handlespace, voice);
    audits = new Audits(turn, settings, handlespace, voice, downloads);
    startup =
        new Startup(
            turn,
            deadlines,
            id,
            settings,
            peers,
            voice,
            handlespace,
            downloads,
            contacts,
            onServing);
    heartbeat = deadlines.create(this::beat);
    links.listen(this::lost);
  }

  /// Begins: calls the configured peers, or serves at once if there are none.
  ///
  /// @param transports where this registrar says it can be called
  public void start(List<AsapTransport> transports, List<Endpoint> endpoints) {
    voice.transports(transports);
    contacts.configure(endpoints, startup::contactFailed);
    startup.start();
    contacts.callAll();
    beat();
  }

  /// Says nothing more of its own accord.
  public void stop() {
    deadlines.cancel(heartbeat);
    contacts.stop();
    peers.all().forEach(peer -> deadlines.cancel(peer.deadline()));
  }

  /// Whether the handlespace may be served from.
  public boolean isServing() {
    return startup.isServing();
  }

  /// An association that speaks ENRP is up.
  public void up(Input.AssociationUp up) {
    links.up(up);
  }

  /// An association is gone, or could not be opened; one that is not ENRP's is ignored.
  public void down(AssociationId association, LossReason reason, String detail) {
    links.down(association, reason, detail);
  }

  /// An ENRP message has come.
  public void received(AssociationId association, EnrpMessage message) {
    PeerLink link = links.find(association);
    if (link == null) {
      return;
    }
    if (!message.receiver().isNone() && !message.receiver().equals(id)) {
      lines.senseless(association, message.type() + " for registrar " + message.receiver());
    } else if (message.sender().equals(id)) {
      ownName(link, message);
    } else if (message.sender().isNone()) {
      asked(link, message);
    } else {
      Peer peer = known(message.sender(), link);
      if (peer != null) {
        received(peer, link, message);
      }
    }
  }

  /// Something came that cannot be read: perhaps it was an update.
  public void unreadable(AssociationId association) {
    PeerLink link = links.find(association);
    Peer peer = link == null ? null : link.peer();
    if (peer != null) {
      peer.mayHaveMissed(true);
    }
  }

  /// Tells all peers of a change of an element (RFC 5353 section 3.3).
  public void announce(UpdateAction action, PoolHandle handle, PoolElementParameter element) {
    voice.announce(receiver -> new EnrpHandleUpdate(id, receiver, action, false, handle, element));
  }

  /// This registrar was late by so much, though not by enough to doubt itself.
  public void excuse(long latenessNs) {
    suspicion.excuse(latenessNs);
  }

  /// This registrar was late by so much, and judges nobody until then.
  ///
  /// @param wasAway whether it was away for so long that others may have acted without it
  public void doubt(long latenessNs, long untilNs, boolean wasAway) {
    suspicion.doubt(latenessNs, untilNs);
    if (wasAway) {
      startup.startAgain();
    }
  }

  /// Whether there is a peer of that name that nobody takes for dead.
  public boolean isPresent(ServerId peer) {
    Peer known = peers.find(peer);
    return known != null
        && known.hasSpoken()
        && (known.isActive() || known.state() == PeerState.SUSPECT);
  }

  /// The peers by identifier.
  public List<PeerStatus> status() {
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

  /// The number of associations and attempts.
  public int links() {
    return links.size();
  }

  private void received(Peer peer, PeerLink link, EnrpMessage message) {
    switch (message) {
      case EnrpPresence presence -> presence(peer, link, presence);
      case EnrpHandleUpdate update -> handlespace.updated(peer.id(), update);
      case EnrpHandleTableRequest request -> uploads.table(link, request, startup.isServing());
      case EnrpHandleTableResponse response -> downloads.received(peer, response);
      case EnrpListRequest request -> uploads.list(link, request, startup.isServing());
      case EnrpListResponse response -> {
        response.servers().forEach(this::learn);
        startup.listed(peer, response.rejected());
      }
      case EnrpInitTakeover takeover -> takeovers.received(link, takeover);
      case EnrpInitTakeoverAck ack -> takeovers.received(ack);
      case EnrpTakeoverServer done -> takeovers.received(done);
      case EnrpError error ->
          turn.emit(new PeerEvent.RequestFailed(peer.id(), "reports " + error.causes()));
    }
  }

  private void presence(Peer peer, PeerLink link, EnrpPresence presence) {
    ServerInformation information = presence.serverInformation();
    if (information.serverId().equals(peer.id())) {
      peer.information(information);
    }
    if (presence.replyRequired()) {
      voice.presence(link, peer.id(), false);
    }
    if (startup.isServing()) {
      audits.told(peer, link, presence);
      if (peer.takeListRequest()) {
        voice.say(link, new EnrpListRequest(id, peer.id()));
      }
    }
  }

  /// What somebody without a name may ask: tools look without joining.
  private void asked(PeerLink link, EnrpMessage message) {
    switch (message) {
      case EnrpPresence presence -> {
        if (presence.replyRequired()) {
          voice.presence(link, ServerId.NONE, false);
        }
      }
      case EnrpHandleTableRequest request -> uploads.table(link, request, startup.isServing());
      case EnrpListRequest request -> uploads.list(link, request, startup.isServing());
      case EnrpError _,
          EnrpHandleTableResponse _,
          EnrpHandleUpdate _,
          EnrpListResponse _,
          EnrpInitTakeover _,
          EnrpInitTakeoverAck _,
          EnrpTakeoverServer _ ->
          lines.senseless(link.id(), message.type() + " from registrar 0");
    }
  }

  /// The peer that speaks on an association: known from now on, and alive.
  private @Nullable Peer known(ServerId sender, PeerLink link) {
    Peer speaker = link.peer();
    if (speaker != null && !speaker.id().equals(sender)) {
      lines.senseless(
          link.id(), "registrar " + sender + " on the association of registrar " + speaker.id());
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

  /// Somebody told of a server: it counts when it has spoken itself.
  private void learn(ServerInformation server) {
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

  private void lost(PeerLink link, String detail) {
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

  private void beat() {
    voice.presenceToAll(false);
    double share = 1 - settings.heartbeatJitter() * random.nextDouble();
    deadlines.set(heartbeat, turn.nowNs() + (long) (settings.heartbeatNs() * share));
  }

  /// A message in this registrar's own name: its own echo, or somebody else with the same identifier
  /// (RFC 5353 section 3.2.1).
  private void ownName(PeerLink link, EnrpMessage message) {
    if (!(message instanceof EnrpPresence presence)) {
      return;
    }
    if (presence.replyRequired()) {
      voice.presence(link, ServerId.NONE, false);
    }
    ServerInformation other = presence.serverInformation();
    if (other.equals(voice.information(link))) {
      contacts.isOwn(link);
    } else if (!other.isNone()) {
      turn.emit(new PeerEvent.IdentifierClash(id, link.address(), !startup.isServing()));
    }
  }
}
