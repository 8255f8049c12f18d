package io.rserpool.bench.session;

import io.rserpool.client.Failover;
import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.SessionFailedException;
import io.rserpool.client.SessionOptions;
import io.rserpool.client.UnknownPoolException;
import io.rserpool.protocol.ElementId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One session of many, on a virtual thread that waits for answers all the time. It asks when it is
/// told to, and wherever it has moved to.
final class HerdMember {

  private static final int SIZE = 100;
  private static final int OPENINGS_MAX = 20;
  private static final long OPENING_PAUSE_NS = 500_000_000;

  private final PoolUser user;
  private final SessionOptions options;
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger moves = new AtomicInteger();
  private final AtomicInteger vainAttempts = new AtomicInteger();
  private final byte[] question = new byte[SIZE];
  private final AtomicInteger vainOpenings = new AtomicInteger();
  private volatile ElementId server = ElementId.NONE;
  private volatile long answeredNs;
  private volatile long noticedNs;
  private volatile String source = "";
  private volatile String end = "";
  private volatile @Nullable PoolSession session;

  HerdMember(PoolUser user, SessionOptions options) {
    this.user = user;
    this.options = options.toBuilder().listener(this::moved).build();
  }

  /// Opens the session, and serves it until it is closed.
  void run(Runnable onOpen) {
    try (PoolSession session = open(onOpen)) {
      session.send(question);
      byte[] answer = new byte[SIZE];
      while (session.receive(answer) > 0) {
        if (!server.equals(session.sender())) {
          answeredNs = System.nanoTime();
          server = session.sender();
        }
        answers.incrementAndGet();
      }
    } catch (RSerPoolException e) {
      end = String.valueOf(e.getMessage());
    }
  }

  /// Opening is not what is measured: a server that is busy with all the others gets another chance.
  private PoolSession open(Runnable onOpen) {
    try {
      while (true) {
        try {
          PoolSession opened = user.connect(PoolServer.POOL, options);
          session = opened;
          return opened;
        } catch (SessionFailedException | UnknownPoolException e) {
          if (vainOpenings.incrementAndGet() > OPENINGS_MAX) {
            throw e;
          }
          LockSupport.parkNanos(OPENING_PAUSE_NS);
        }
      }
    } finally {
      onOpen.run();
    }
  }

  private void moved(PoolSession self, Failover move) {
    moves.incrementAndGet();
    vainAttempts.addAndGet(move.attempt() - 1);
    noticedNs = move.noticedNs();
    source = move.source().toString();
    self.send(question);
  }

  /// Asks once more.
  void ask() {
    PoolSession open = session;
    if (open != null && end.isEmpty()) {
      try {
        open.send(question);
      } catch (RSerPoolException e) {
        end = String.valueOf(e.getMessage());
      }
    }
  }

  /// The server whose answer came last.
  ElementId server() {
    return server;
  }

  /// When a server has answered for the first time that had not answered before.
  long answeredNs() {
    return answeredNs;
  }

  /// When the last failure was noticed.
  long noticedNs() {
    return noticedNs;
  }

  /// By what it was noticed.
  String source() {
    return source;
  }

  /// How often the session could not be opened.
  int vainOpenings() {
    return vainOpenings.get();
  }

  int answers() {
    return answers.get();
  }

  int moves() {
    return moves.get();
  }

  /// Servers that were tried in vain.
  int vainAttempts() {
    return vainAttempts.get();
  }

  /// Why the session has ended, or nothing.
  String end() {
    return end;
  }
}
