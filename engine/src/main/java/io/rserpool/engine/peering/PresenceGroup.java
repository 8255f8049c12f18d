package io.rserpool.engine.peering;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The multicast group of the scope's registrars, where it has one: mentioned in RFC 5351 section 3.1
/// only, and the way in which rsplib's registrars find each other.
///
/// Nobody vouches for what comes there, so that nothing follows from it but a call: whoever answers
/// that becomes a peer when it speaks, as everybody does. Presences can be invented, therefore at
/// most 16 registrars are called within MAX-TIME-NO-RESPONSE, each at 3 of its addresses at most;
/// a known peer's presence here counts for nothing, not even as a sign of life.
final class PresenceGroup {

  /// Registrars that are being called; one that does not turn out to be who it was said to be keeps
  /// its place for the whole time, even if it refuses at once.
  private static final int STRANGERS_MAX = 16;

  /// Addresses of one registrar that are tried.
  private static final int ENDPOINTS_MAX = 3;

  /// A registrar that was heard in the group, and that is not known yet.
  private final class Stranger implements PeerLink.Caller {
    private final ServerId name;
    private final Deque<Endpoint> endpoints;
    private final long untilNs;
    private @Nullable PeerLink link;

    Stranger(ServerId name, List<Endpoint> endpoints, long untilNs) {
      this.name = name;
      this.endpoints = new ArrayDeque<>(endpoints);
      this.untilNs = untilNs;
    }

    private void call() {
      Endpoint endpoint = endpoints.poll();
      if (endpoint != null) {
        turn.emit(new PeerEvent.Heard(name, endpoint.toString()));
        link = links.call(endpoint, this);
      }
    }

    /// Whether it is who it was said to be.
    private boolean isKnown() {
      Peer speaker = link == null ? null : link.peer();
      return speaker != null && speaker.id().equals(name);
    }

    /// Ends what has led nowhere, or to a peer that has another association.
    private void giveUp() {
      PeerLink given = link;
      Peer speaker = given == null ? null : given.peer();
      if (given != null && (speaker == null || speaker.link() != given)) {
        links.close(given);
      }
    }

    @Override
    public void accepted(PeerLink accepted) {
      voice.presence(accepted, ServerId.NONE, true);
    }

    @Override
    public void failed(PeerLink failed, boolean refused, String detail) {
      link = null;
      call();
    }
  }

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final ServerId id;
  private final PeeringSettings settings;
  private final Peers peers;
  private final Links links;
  private final Voice voice;
  private final LinkedHashMap<ServerId, Stranger> strangers = new LinkedHashMap<>();
  private final DeadlineQueue.Deadline<Due> next;
  private boolean isJoined;

  PresenceGroup(PeeringContext context, Links links, Voice voice) {
    this.turn = context.turn();
    this.deadlines = context.deadlines();
    this.id = context.id();
    this.settings = context.settings();
    this.peers = context.peers();
    this.links = links;
    this.voice = voice;
    this.next = deadlines.create(this::giveUp);
  }

  /// This scope has such a group.
  void join() {
    isJoined = true;
  }

  boolean isJoined() {
    return isJoined;
  }

  void stop() {
    deadlines.cancel(next);
  }

  /// Tells the group that this registrar lives.
  ///
  /// @param replyRequired whether it looks for others
  void presence(boolean replyRequired) {
    if (isJoined) {
      voice.presenceToGroup(replyRequired);
    }
  }

  /// Somebody says in the group that a registrar lives.
  ///
  /// @param source where that came from
  void heard(IpAddress source, EnrpPresence presence) {
    ServerId name = presence.sender();
    ServerInformation information = presence.serverInformation();
    if (!isJoined || name.isNone() || name.equals(id) || !information.serverId().equals(name)) {
      return;
    }
    strangers.values().removeIf(Stranger::isKnown);
    boolean isFull = strangers.size() >= STRANGERS_MAX || peers.size() >= settings.peersMax();
    List<Endpoint> endpoints = endpoints(source, information);
    if (peers.find(name) == null
        && !strangers.containsKey(name)
        && !isFull
        && !endpoints.isEmpty()) {
      Stranger stranger = new Stranger(name, endpoints, turn.nowNs() + settings.noResponseNs());
      strangers.put(name, stranger);
      stranger.call();
      schedule();
    }
  }

  /// All have the same time, so that they are in the order of their ends.
  private void giveUp() {
    while (!strangers.isEmpty()) {
      Stranger first = strangers.firstEntry().getValue();
      if (first.untilNs > turn.nowNs()) {
        break;
      }
      strangers.pollFirstEntry();
      first.giveUp();
    }
    schedule();
  }

  private void schedule() {
    if (!strangers.isEmpty()) {
      deadlines.set(next, strangers.firstEntry().getValue().untilNs);
    }
  }

  /// Where a registrar can be called. A TCP address that says nothing stands for the datagram's.
  private static List<Endpoint> endpoints(IpAddress source, ServerInformation information) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (AsapTransport transport : information.transports()) {
      boolean isNowhere = transport.addresses().stream().anyMatch(IpAddress::isUnspecified);
      if (transport.port() == 0 || endpoints.size() == ENDPOINTS_MAX) {
        continue;
      }
      if (!isNowhere) {
        endpoints.add(Endpoint.of(transport));
      } else if (transport instanceof AsapTransport.Tcp && !source.isUnspecified()) {
        endpoints.add(Endpoint.of(Endpoint.Scheme.TCP, source.toString(), transport.port()));
      }
    }
    return endpoints.stream().distinct().toList();
  }
}
