package io.rserpool.engine.peering;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Tables that are fetched from peers (RFC 5353 sections 3.2.3 and 3.6.3), one from each at a time.
final class Downloads {

  /// How a download ended.
  enum End {
    /// All of it has come.
    DONE,
    /// The peer would not give it.
    REJECTED,
    /// The peer did not answer, or is gone.
    BROKEN
  }

  /// One that is under way.
  private static final class Download {
    private final Peer peer;
    private final boolean ownOnly;
    private final SharedHandlespace.Transfer transfer;
    private final DeadlineQueue.Deadline<Due> deadline;
    private final Consumer<End> onEnd;
    private int parts;

    Download(
        Peer peer,
        boolean ownOnly,
        SharedHandlespace.Transfer transfer,
        DeadlineQueue.Deadline<Due> deadline,
        Consumer<End> onEnd) {
      this.peer = peer;
      this.ownOnly = ownOnly;
      this.transfer = transfer;
      this.deadline = deadline;
      this.onEnd = onEnd;
    }
  }

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final ServerId id;
  private final PeeringSettings settings;
  private final SharedHandlespace handlespace;
  private final Voice voice;
  private final NavigableMap<ServerId, Download> running = new TreeMap<>();

  Downloads(PeeringContext context, Voice voice) {
    this.turn = context.turn();
    this.deadlines = context.deadlines();
    this.id = context.id();
    this.settings = context.settings();
    this.handlespace = context.handlespace();
    this.voice = voice;
  }

  int size() {
    return running.size();
  }

  boolean isRunning(Peer peer) {
    return running.containsKey(peer.id());
  }

  /// How many parts of a peer's table have come, if it is coming in.
  int parts(Peer peer) {
    Download download = running.get(peer.id());
    return download == null ? 0 : download.parts;
  }

  /// Asks a peer for its table. One that is under way is given up.
  ///
  /// @param ownOnly whether only the peer's own elements are wanted
  void begin(Peer peer, boolean ownOnly, Consumer<End> onEnd) {
    lost(peer);
    Download download =
        new Download(
            peer,
            ownOnly,
            handlespace.begin(peer.id(), ownOnly),
            deadlines.create(() -> end(peer, End.BROKEN, "did not answer a table request")),
            onEnd);
    running.put(peer.id(), download);
    peer.mayHaveMissed(false); // What is missed from now on is missed by this table as well.
    ask(download);
  }

  /// A part of a table has come, or a rejection.
  void received(Peer peer, EnrpHandleTableResponse message) {
    Download download = running.get(peer.id());
    if (download == null) {
      return; // Too late: it was given up.
    }
    if (message.rejected()) {
      end(peer, End.REJECTED, "rejected a table request");
      return;
    }
    if (message.moreToSend() && message.pools().isEmpty()) {
      end(peer, End.BROKEN, "sent an empty part of its table that is not the last");
      return;
    }
    download.parts++;
    message.pools().forEach(download.transfer::take);
    if (message.moreToSend()) {
      ask(download);
      return;
    }
    running.remove(peer.id());
    deadlines.cancel(download.deadline);
    SharedHandlespace.Outcome outcome = download.transfer.finish();
    turn.emit(
        new PeerEvent.Resynchronised(
            peer.id(), outcome.added(), outcome.replaced(), outcome.removed()));
    download.onEnd.accept(End.DONE);
  }

  /// The association to a peer is lost, or the peer itself: what was under way cannot go on.
  void lost(Peer peer) {
    if (running.containsKey(peer.id())) {
      end(peer, End.BROKEN, "is gone in the middle of its table");
    }
  }

  private void ask(Download download) {
    PeerLink link = download.peer.link();
    if (link != null) {
      ServerId receiver = download.peer.id();
      voice.say(link, new EnrpHandleTableRequest(id, receiver, download.ownOnly));
    }
    deadlines.set(download.deadline, turn.nowNs() + settings.tableRequestNs());
  }

  private void end(Peer peer, End end, String what) {
    Download download = running.remove(peer.id());
    if (download != null) {
      deadlines.cancel(download.deadline);
      download.transfer.abandon();
      peer.mayHaveMissed(true);
      turn.emit(new PeerEvent.RequestFailed(peer.id(), what));
      download.onEnd.accept(end);
    }
  }
}
