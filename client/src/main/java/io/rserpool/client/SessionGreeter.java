package io.rserpool.client;

import io.rserpool.engine.session.SessionMove;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the application's listener talk to a new element before anybody else does.
final class SessionGreeter {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");

  private final PoolSession session;
  private final FailoverListener listener;

  // Guarded by the lock of the session's host.
  private @Nullable Thread thread;
  private @Nullable RSerPoolException mistake;

  SessionGreeter(PoolSession session, FailoverListener listener) {
    this.session = session;
    this.listener = listener;
  }

  /// Whether this thread runs the listener, and so has the new link for itself; the lock is held.
  boolean isHere() {
    return Thread.currentThread() == thread;
  }

  /// What the listener ended the session with; the lock is held.
  @Nullable RSerPoolException mistake() {
    return mistake;
  }

  void greet(SessionHost host, SessionMove move) {
    Thread.ofVirtual().name("rserpool-session-greet").start(() -> run(host, move));
  }

  private void run(SessionHost host, SessionMove move) {
    host.lock();
    try {
      thread = Thread.currentThread();
    } finally {
      host.unlock();
    }
    boolean isGood = false;
    @Nullable RSerPoolException end = null;
    try {
      listener.movedOver(session, Failover.of(move));
      isGood = true;
    } catch (SessionFailedException _) {
      // The new element has failed, or the listener does not want it.
    } catch (RSerPoolException e) {
      end = e;
    } catch (RuntimeException e) {
      LOG.error("{}: a failover listener threw", session, e);
      end =
          new SessionFailedException(
              session + ": the failover listener threw", FailureSource.APPLICATION, e);
    } finally {
      end(host, isGood, end);
    }
  }

  private void end(SessionHost host, boolean isGood, @Nullable RSerPoolException end) {
    host.step((engine, now, out) -> {
      thread = null;
      if (end == null) {
        engine.greeted(now, isGood, out);
      } else {
        mistake = end;
        engine.close(now, out);
        engine.closed(out);
      }
    });
  }
}
