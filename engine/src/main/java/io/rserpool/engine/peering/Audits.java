package io.rserpool.engine.peering;

import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.enrp.EnrpPresence;

/// Whether the copy of each peer's elements is right (RFC 5353 section 3.6): its own checksum comes
/// with every presence; where it differs, its table is fetched.
final class Audits {

  /// Comparisons in vain after which they become rare.
  private static final int VAIN_MAX = 2;

  /// How many heartbeats lie between them then.
  private static final int RARE = 10;

  private final Turn turn;
  private final PeeringSettings settings;
  private final SharedHandlespace handlespace;
  private final Voice voice;
  private final Downloads downloads;

  Audits(PeeringContext context, Voice voice, Downloads downloads) {
    this.turn = context.turn();
    this.settings = context.settings();
    this.handlespace = context.handlespace();
    this.voice = voice;
    this.downloads = downloads;
  }

  /// A peer has told its checksum over an association of its own.
  void told(Peer peer, PeerLink link, EnrpPresence presence) {
    int expected = handlespace.checksum(peer.id());
    if (expected == presence.checksum()) {
      peer.agreed();
      fetchMissed(peer);
      return;
    }
    boolean again = peer.differsAgain(handlespace.events(peer.id()));
    if (downloads.isRunning(peer) || turn.nowNs() < peer.auditNotBeforeNs()) {
      return;
    }
    if (settings.confirmsDifferences() && !again) {
      // Updates may be under way; what is said after them will tell.
      voice.presence(link, peer.id(), true);
      return;
    }
    turn.emit(new PeerEvent.OutOfStep(peer.id(), expected, presence.checksum()));
    int before = peer.audited(turn.nowNs() + settings.heartbeatNs());
    if (before >= VAIN_MAX) {
      peer.auditNotBefore(turn.nowNs() + RARE * settings.heartbeatNs());
    }
    downloads.begin(peer, true, _ -> {});
  }

  /// Known elements may be outdated although all of them are there.
  private void fetchMissed(Peer peer) {
    if (peer.mayHaveMissed()
        && !downloads.isRunning(peer)
        && turn.nowNs() >= peer.auditNotBeforeNs()) {
      if (handlespace.count(peer.id()) == 0) {
        peer.mayHaveMissed(false);
      } else {
        peer.auditNotBefore(turn.nowNs() + settings.heartbeatNs());
        downloads.begin(peer, true, _ -> {});
      }
    }
  }
}
