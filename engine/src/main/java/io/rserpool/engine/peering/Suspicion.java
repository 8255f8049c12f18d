package io.rserpool.engine.peering;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether peers live (RFC 5353 section 3.4.3): who was silent for too long is asked, and called if
/// there is no association; who does not answer in time, or refuses, is dead.
final class Suspicion implements PeerLink.Caller {

  /// Takes note that a peer is dead.
  @FunctionalInterface
  interface Deaths {
    void dead(Peer peer, String why);
  }

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final PeeringSettings settings;
  private final Peers peers;
  private final Links links;
  private final Voice voice;
  private final Deaths deaths;
  private long doubtUntilNs = Long.MIN_VALUE;

  Suspicion(PeeringContext context, Links links, Voice voice, Deaths deaths) {
    this.turn = context.turn();
    this.deadlines = context.deadlines();
    this.settings = context.settings();
    this.peers = context.peers();
    this.links = links;
    this.voice = voice;
    this.deaths = deaths;
  }

  /// Watches an active peer.
  void watch(Peer peer) {
    deadlines.set(peer.deadline(), peer.heardNs() + settings.lastHeardNs());
  }

  /// Asks a peer whether it lives, if that is not under way already.
  void suspect(Peer peer, String why) {
    if (peer.isActive()) {
      turn.emit(new PeerEvent.Suspected(peer.id(), why));
      begin(peer);
    } else if (peer.state() == PeerState.SUSPECT) {
      ask(peer);
    }
  }

  /// Begins to ask a peer of which nothing is known yet but its name, or nothing good.
  void begin(Peer peer) {
    peer.state(PeerState.SUSPECT, turn.nowNs());
    peer.forgetRefusals();
    ask(peer);
    schedule(peer);
  }

  /// The deadline of a peer that is active or suspect.
  void due(Peer peer) {
    if (peer.isActive()) {
      if (turn.nowNs() >= peer.heardNs() + settings.lastHeardNs()) {
        suspect(peer, "not heard for " + ms(turn.nowNs() - peer.heardNs()));
      } else {
        watch(peer);
      }
    } else if (turn.nowNs() >= verdictNs(peer)) {
      deaths.dead(peer, "no answer within " + ms(turn.nowNs() - peer.sinceNs()));
    } else {
      ask(peer);
      schedule(peer);
    }
  }

  /// This registrar was not listening for a while.
  void excuse(long latenessNs) {
    peers.all().forEach(peer -> peer.excuse(latenessNs, turn.nowNs()));
  }

  /// This registrar itself was late: the others get time to be heard.
  void doubt(long latenessNs, long untilNs) {
    doubtUntilNs = untilNs;
    excuse(latenessNs);
    for (Peer peer : peers.all()) {
      if (peer.state() == PeerState.SUSPECT) {
        begin(peer);
      }
    }
    voice.presenceToAll(true);
  }

  @Override
  public void accepted(PeerLink link) {
    Peer peer = calledFor(link);
    if (peer != null) {
      voice.presence(link, peer.id(), true);
    } else {
      links.close(link);
    }
  }

  @Override
  public void failed(PeerLink link, boolean refused, String detail) {
    Peer peer = calledFor(link);
    if (peer == null) {
      return;
    }
    peer.call(null);
    if (refused) {
      refused(peer, detail);
    }
  }

  /// Somebody else answered where this peer should be.
  void strangerAt(PeerLink link) {
    Peer peer = calledFor(link);
    if (peer != null) {
      peer.call(null);
      refused(peer, "another registrar answers at " + link.address());
    }
  }

  private void refused(Peer peer, String detail) {
    if (peer.state() != PeerState.SUSPECT) {
      return;
    }
    boolean isEverywhere = peer.refused() >= peer.endpoints().size();
    if (isEverywhere && turn.nowNs() >= doubtUntilNs) {
      deaths.dead(peer, detail);
    } else if (!isEverywhere) {
      ask(peer);
    }
  }

  private void ask(Peer peer) {
    PeerLink link = peer.link();
    if (link != null) {
      voice.presence(link, peer.id(), true);
      return;
    }
    List<Endpoint> endpoints = peer.endpoints();
    if (peer.call() == null && !endpoints.isEmpty()) {
      peer.call(links.call(peer.nextEndpoint(endpoints), this));
    }
  }

  private void schedule(Peer peer) {
    long verdictNs = verdictNs(peer);
    deadlines.set(peer.deadline(), Math.min(turn.nowNs() + settings.probeGapNs(), verdictNs));
  }

  /// When a silent suspect is dead: later while this registrar doubts itself, and twice as late if
  /// most peers are silent at once, since the trouble is rather on this side then.
  private long verdictNs(Peer peer) {
    int suspects = peers.count(PeerState.SUSPECT);
    boolean isMost = suspects >= 2 && 2 * suspects > peers.size();
    long waitNs = isMost ? 2 * settings.noResponseNs() : settings.noResponseNs();
    return Math.max(peer.sinceNs() + waitNs, doubtUntilNs);
  }

  private @Nullable Peer calledFor(PeerLink link) {
    for (Peer peer : peers.all()) {
      if (peer.call() == link) {
        return peer;
      }
    }
    return null;
  }

  private static String ms(long ns) {
    return ns / 1_000_000 + " ms";
  }
}
