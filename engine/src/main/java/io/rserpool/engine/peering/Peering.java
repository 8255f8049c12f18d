package io.rserpool.engine.peering;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
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
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The peer side of a registrar (RFC 5353): hands each message to the duty that it concerns.
public final class Peering {

  /// How often others are asked for in the multicast group, while a mentor is sought there.
  private static final int GROUP_QUESTIONS = 5;

  private static final long GROUP_GAP_MIN_NS = 100_000_000;

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final ServerId id;
  private final PeeringSettings settings;
  private final SharedHandlespace handlespace;
  private final Lines lines;
  private final RandomGenerator random;
  private final Links links;
  private final Voice voice;
  private final Contacts contacts;
  private final Downloads downloads;
  private final Uploads uploads;
  private final Audits audits;
  private final Startup startup;
  private final PresenceGroup group;
  private final PeerList list;
  private final Suspicion suspicion;
  private final Takeovers takeovers;
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
    PeeringContext context =
        new PeeringContext(turn, deadlines, id, settings, new Peers(), handlespace);
    links = new Links(turn, lines);
    voice = new Voice(context);
    contacts = new Contacts(context, random, links, voice);
    downloads = new Downloads(context, voice);
    uploads = new Uploads(context, links, voice);
    audits = new Audits(context, voice, downloads);
    startup = new Startup(context, voice, downloads, contacts, onServing);
    group = new PresenceGroup(context, links, voice);
    list = new PeerList(context, lines, links, voice, contacts, downloads, startup);
    suspicion = list.suspicion();
    takeovers = list.takeovers();
    heartbeat = deadlines.create(this::beat);
    links.listen(list::lost);
  }

  /// Begins: calls the configured peers, or serves at once if there are none.
  ///
  /// @param transports where this registrar says it can be called
  /// @param hasGroup whether the registrars of the scope also find each other by multicast
  public void start(List<AsapTransport> transports, List<Endpoint> endpoints, boolean hasGroup) {
    voice.transports(transports);
    contacts.configure(endpoints, startup::contactFailed);
    if (hasGroup) {
      group.join();
    }
    startup.start(hasGroup);
    contacts.callAll();
    beat();
  }

  /// Says nothing more of its own accord.
  public void stop() {
    deadlines.cancel(heartbeat);
    contacts.stop();
    group.stop();
    list.stop();
  }

  /// Whether the handlespace may be served from.
  public boolean isServing() {
    return startup.isServing();
  }

  /// An association that speaks ENRP is up.
  ///
  /// @param reads whether the other side is no registrar of the scope, and may only read
  public void up(Input.AssociationUp up, boolean reads) {
    links.up(up, reads);
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
    } else if (link.isReader()) {
      asked(link, message);
    } else if (message.sender().equals(id)) {
      ownName(link, message);
    } else if (message.sender().isNone()) {
      asked(link, message);
    } else {
      Peer peer = list.speaker(message.sender(), link);
      if (peer != null) {
        received(peer, link, message);
      }
    }
  }

  /// A presence has come by multicast.
  ///
  /// @param source where from
  public void heard(IpAddress source, EnrpPresence presence) {
    group.heard(source, presence);
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
    return list.isPresent(peer);
  }

  /// The peers by identifier.
  public List<PeerStatus> status() {
    return list.status();
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
        response.servers().forEach(list::learn);
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

  /// What somebody without a name, or who is no registrar, may ask: tools look without joining.
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
          lines.senseless(link.id(), message.type() + " from somebody who is no registrar");
    }
  }

  private void beat() {
    voice.presenceToAll(false);
    group.presence(!startup.isServing());
    // What is said to a group may be lost: who seeks there says it again and again.
    long cycleNs =
        startup.isServing() || !group.isJoined()
            ? settings.heartbeatNs()
            : Math.clamp(
                settings.mentorSearchNs() / GROUP_QUESTIONS,
                Math.min(GROUP_GAP_MIN_NS, settings.heartbeatNs()),
                settings.heartbeatNs());
    double share = 1 - settings.heartbeatJitter() * random.nextDouble();
    deadlines.set(heartbeat, turn.nowNs() + (long) (cycleNs * share));
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
