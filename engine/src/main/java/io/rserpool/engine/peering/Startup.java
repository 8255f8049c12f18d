package io.rserpool.engine.peering;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpListRequest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How a registrar comes into the scope (RFC 5353 section 3.2): it asks a mentor for the list of
/// servers, then for the whole table, and serves when it has both.
///
///     SEEKING --a peer is heard--> LIST --list--> TABLE --whole table--> SERVING
///        ^-----------rejected, silent or gone------+---------+              |
///        +------------------was away for long-------------------------------+
///
/// Without configured peers, or if all of them refuse, it is alone and serves at once; where the
/// scope has a multicast group for presences, it seeks there for a while before. When the time is
/// over it serves with what it has.
final class Startup {

  private enum Phase {
    SEEKING,
    LIST,
    TABLE,
    SERVING
  }

  /// A large table may take so many times the time for the start.
  private static final int LONGEST = 20;

  /// Calls that a configured endpoint refuses before it counts as empty.
  private static final int REFUSALS = 2;

  /// Rejections after which the registrars that start together agree who goes first.
  private static final int REJECTIONS = 3;

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final ServerId id;
  private final PeeringSettings settings;
  private final Peers peers;
  private final Voice voice;
  private final SharedHandlespace handlespace;
  private final Downloads downloads;
  private final Contacts contacts;
  private final Consumer<ServerId> onServing;
  private final DeadlineQueue.Deadline<Due> next;
  private final DeadlineQueue.Deadline<Due> limit;
  private final DeadlineQueue.Deadline<Due> search;
  private final SequencedSet<ServerId> rejecters = new LinkedHashSet<>();
  private final SequencedSet<ServerId> triedInVain = new LinkedHashSet<>();
  private Phase phase = Phase.SERVING;
  private @Nullable Peer mentor;
  private long begunNs;
  private int rejections;
  private int partsBefore;

  Startup(
      PeeringContext context,
      Voice voice,
      Downloads downloads,
      Contacts contacts,
      Consumer<ServerId> onServing) {
    this.turn = context.turn();
    this.deadlines = context.deadlines();
    this.id = context.id();
    this.settings = context.settings();
    this.peers = context.peers();
    this.voice = voice;
    this.handlespace = context.handlespace();
    this.downloads = downloads;
    this.contacts = contacts;
    this.onServing = onServing;
    this.next = deadlines.create(this::nextStep);
    this.limit = deadlines.create(this::timeIsOver);
    this.search = deadlines.create(this::serveIfAlone);
  }

  boolean isServing() {
    return phase == Phase.SERVING;
  }

  /// The registrar begins.
  ///
  /// @param seeksInGroup whether others may be found by multicast
  void start(boolean seeksInGroup) {
    begunNs = turn.nowNs();
    if (contacts.isEmpty() && !seeksInGroup) {
      serve(null, "no other registrar is configured");
      return;
    }
    phase = Phase.SEEKING;
    long searchNs = seeksInGroup ? settings.mentorSearchNs() : 0;
    if (seeksInGroup) {
      deadlines.set(search, begunNs + searchNs);
    }
    deadlines.set(limit, begunNs + searchNs + settings.startNs());
  }

  /// The registrar was away for so long that its table is worth nothing: it fetches another one, if
  /// anybody is there who has one.
  void startAgain() {
    if (phase != Phase.SERVING || peers.size() == 0) {
      return;
    }
    begunNs = turn.nowNs();
    phase = Phase.SEEKING;
    forgetRejections();
    deadlines.set(limit, begunNs + settings.noResponseNs() + settings.tableRequestNs());
  }

  /// An active peer was heard.
  void heard(Peer peer) {
    if (phase == Phase.SEEKING && !next.isSet() && !triedInVain.contains(peer.id())) {
      ask(peer);
    }
  }

  /// A configured endpoint could not be called.
  void contactFailed() {
    if (!search.isSet()) {
      serveIfAlone();
    }
  }

  /// The list of servers has come; those on it are known by now.
  void listed(Peer peer, boolean rejected) {
    if (phase != Phase.LIST || peer != mentor) {
      return;
    }
    if (rejected) {
      turn.emit(new PeerEvent.RequestFailed(peer.id(), "rejected a list request"));
      rejected(peer);
    } else if (!settings.asksAtOnce()) {
      download(peer);
    }
  }

  /// A peer is gone.
  void lost(Peer peer) {
    if (peer == mentor && phase == Phase.LIST) {
      inVain(peer);
    }
  }

  private void serveIfAlone() {
    if (phase == Phase.SEEKING && peers.size() == 0 && contacts.allRefuse(REFUSALS)) {
      serve(
          null,
          contacts.isEmpty()
              ? "no other registrar was heard"
              : "nobody listens at any configured endpoint");
    }
  }

  /// A table is waited for as long as parts of it come.
  private void timeIsOver() {
    int parts = phase == Phase.TABLE && mentor != null ? downloads.parts(mentor) : 0;
    if (parts > partsBefore && turn.nowNs() < begunNs + LONGEST * settings.startNs()) {
      partsBefore = parts;
      deadlines.set(limit, turn.nowNs() + settings.tableRequestNs());
    } else {
      serve(null, "the time for the start is over");
    }
  }

  private void ask(Peer peer) {
    mentor = peer;
    phase = Phase.LIST;
    PeerLink link = peer.link();
    if (link != null) {
      voice.say(link, new EnrpListRequest(id, peer.id()));
    }
    deadlines.set(next, turn.nowNs() + settings.noResponseNs());
    if (settings.asksAtOnce()) {
      download(peer);
    }
  }

  private void download(Peer peer) {
    phase = Phase.TABLE;
    partsBefore = 0;
    deadlines.cancel(next);
    downloads.begin(peer, false, end -> ended(peer, end));
  }

  private void ended(Peer peer, Downloads.End end) {
    if (phase != Phase.TABLE || peer != mentor) {
      return;
    }
    switch (end) {
      case DONE -> serve(peer, "");
      case REJECTED -> rejected(peer);
      case BROKEN -> inVain(peer);
    }
  }

  /// A peer would not be the mentor now: perhaps since it is starting, too.
  private void rejected(Peer peer) {
    rejections++;
    rejecters.add(peer.id());
    boolean goesFirst =
        rejections >= REJECTIONS && rejecters.stream().allMatch(other -> id.compareTo(other) > 0);
    if (goesFirst) {
      serve(null, "all others are starting, too, and have lower identifiers");
    } else {
      inVain(peer);
    }
  }

  /// Tries another one soon, and this one again if there is none.
  private void inVain(Peer peer) {
    phase = Phase.SEEKING;
    mentor = null;
    triedInVain.add(peer.id());
    deadlines.set(next, turn.nowNs() + settings.retryNs());
  }

  private void nextStep() {
    Peer silent = mentor;
    if (phase == Phase.LIST && silent != null) {
      turn.emit(new PeerEvent.RequestFailed(silent.id(), "did not answer a list request"));
      inVain(silent);
      return;
    }
    Peer candidate = candidate();
    if (candidate == null) {
      triedInVain.clear();
      candidate = candidate();
    }
    if (phase == Phase.SEEKING && candidate != null) {
      ask(candidate);
    }
  }

  private @Nullable Peer candidate() {
    for (Peer peer : peers.all()) {
      if (peer.isActive() && peer.link() != null && !triedInVain.contains(peer.id())) {
        return peer;
      }
    }
    return null;
  }

  private void serve(@Nullable Peer from, String why) {
    deadlines.cancel(next);
    deadlines.cancel(limit);
    deadlines.cancel(search);
    phase = Phase.SERVING;
    mentor = null;
    forgetRejections();
    contacts.startIsOver();
    ServerId mentorId = from == null ? ServerId.NONE : from.id();
    int elements = from == null ? 0 : handlespace.count(mentorId);
    Duration taken = Duration.ofNanos(turn.nowNs() - begunNs);
    turn.emit(new PeerEvent.Synchronised(mentorId, elements, taken, why));
    onServing.accept(mentorId);
  }

  private void forgetRejections() {
    rejections = 0;
    rejecters.clear();
    triedInVain.clear();
  }
}
