package io.rserpool.client;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a session stands: its phase, its present link, and why that failed. All waiting of a
/// session's callers happens on its one lock, which nobody holds while doing anything slow.
///
/// | phase | means | leads to |
/// |---|---|---|
/// | MOVING | no element yet, or on the way to another one | UP, OVER, CLOSED |
/// | UP | an element serves | MOVING or FAILED or OVER by the mode, CLOSED |
/// | FAILED | the application has to call failover | MOVING, CLOSED |
/// | OVER | ended for good, see the exception | CLOSED |
/// | CLOSED | by the application | nothing |
final class SessionState {

  enum Phase {
    MOVING,
    UP,
    FAILED,
    OVER,
    CLOSED
  }

  /// What the session does when its element fails.
  interface Observer {

    /// Called with the lock held: nothing here waits.
    ///
    /// @param startsMove whether the session is to move to another element by itself
    void failed(Link link, Failure failure, boolean startsMove);
  }

  private final String who;
  private final SessionOptions options;
  private final Observer observer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SessionInput input;
  private final SessionOutput output;
  private Phase phase = Phase.MOVING;
  private @Nullable Link link;
  private @Nullable Failure failure;
  private @Nullable Thread mover;
  private @Nullable Failover lastMove;
  private Supplier<RSerPoolException> ending;

  SessionState(String who, SessionOptions options, Observer observer) {
    this.who = who;
    this.options = options;
    this.observer = observer;
    this.ending = () -> new ClosedException(who);
    this.input = new SessionInput(this, options);
    this.output = new SessionOutput(this, options);
  }

  SessionInput input() {
    return input;
  }

  SessionOutput output() {
    return output;
  }

  // What the queues need; the lock is held.

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  void signal() {
    changed.signalAll();
  }

  /// Waits for a change, for at most so long; the caller looks again then.
  @SuppressWarnings("WaitNotInLoop") // The callers loop.
  void await(long limitNs, String what) {
    try {
      if (limitNs == Long.MAX_VALUE) {
        changed.await();
      } else if (limitNs > 0) {
        changed.awaitNanos(limitNs);
      }
    } catch (InterruptedException e) {
      throw InterruptedCallException.restoring(what + " of " + who, e);
    }
  }

  /// As [#await], for the session's own threads.
  @SuppressWarnings("WaitNotInLoop") // The callers loop.
  void awaitUninterruptibly() {
    changed.awaitUninterruptibly();
  }

  Phase phase() {
    lock.lock();
    try {
      return phase;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Link link() {
    lock.lock();
    try {
      return link;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Failure failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /// Whether this thread runs the failover listener, and so has the new link for itself.
  boolean isMover() {
    return Thread.currentThread() == mover;
  }

  /// Whether this thread can use the present link now.
  boolean isInUse() {
    return failure == null && (phase == Phase.UP || isMover());
  }

  /// Whether what a link says counts in this phase.
  boolean isServing() {
    return phase == Phase.UP || phase == Phase.MOVING;
  }

  /// Whether this is the present link and has not failed.
  boolean isAlive(Link asking) {
    return asking == link && failure == null;
  }

  /// Throws what the present phase has to say to a caller.
  void requireUsable() {
    switch (phase) {
      case UP -> {
        // Usable.
      }
      case MOVING -> {
        if (failure != null && isMover()) {
          throw failure.toException(who);
        }
      }
      case FAILED, OVER, CLOSED -> throw ending.get();
    }
  }

  // Failing and ending.

  /// Takes the present link for failed, whatever the phase; see [PoolSession#fail].
  void fail(FailureSource source, String reason) {
    lock.lock();
    try {
      if (link != null) {
        fail(link, source, reason);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes a link for failed, unless it is no longer the present one or has failed before.
  void fail(Link failed, FailureSource source, String reason) {
    lock.lock();
    try {
      if (!isAlive(failed) || phase == Phase.OVER) {
        return;
      }
      Failure now = Failure.now(source, reason);
      failure = now;
      boolean wasUp = phase == Phase.UP;
      if (wasUp) {
        phase = phaseAfterFailure();
        ending = () -> now.toException(who);
      }
      changed.signalAll();
      if (phase != Phase.CLOSED) {
        // A closed session ends its channel in order, as far as that is possible.
        failed.channel().abort();
        observer.failed(failed, now, wasUp && phase == Phase.MOVING);
      }
    } finally {
      lock.unlock();
    }
  }

  private Phase phaseAfterFailure() {
    if (input.hasEnded()) {
      return Phase.OVER;
    }
    return switch (options.mode()) {
      case AUTOMATIC -> Phase.MOVING;
      case MANUAL -> Phase.FAILED;
      case NONE -> Phase.OVER;
    };
  }

  /// Ends the session for good.
  void over(Supplier<RSerPoolException> why) {
    lock.lock();
    try {
      mover = null;
      if (phase != Phase.CLOSED) {
        phase = Phase.OVER;
        ending = why;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Closes; what is queued is handed over first if that is possible in time.
  void close(Duration limit) {
    lock.lock();
    try {
      boolean isUp = phase == Phase.UP;
      phase = Phase.CLOSED;
      ending = () -> new ClosedException(who);
      changed.signalAll();
      long leftNs = limit.toNanos();
      while (isUp && failure == null && !output.isDrained() && leftNs > 0) {
        leftNs = changed.awaitNanos(leftNs);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  // Moving.

  /// Begins a move that the application asked for.
  ///
  /// @return the failure that it moves away from
  Failure beginMove() {
    lock.lock();
    try {
      if (phase != Phase.FAILED) {
        requireUsable();
      }
      if (phase == Phase.UP && link != null) {
        fail(link, FailureSource.APPLICATION, "the application asked for another element");
      }
      if (phase != Phase.FAILED || failure == null) {
        throw new IllegalStateException(who + " is moving already, or has ended in order");
      }
      phase = Phase.MOVING;
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the session has an element, or never will have.
  ///
  /// @return the move, or null for the first element
  @Nullable Failover awaitMoved() {
    lock.lock();
    try {
      while (phase == Phase.MOVING) {
        await(Long.MAX_VALUE, "an element");
      }
      requireUsable();
      return lastMove;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a new link for the calling thread alone, once it is known what was handed over to the old
  /// one: its connection is broken, so that cannot take long. False if the session was closed
  /// meanwhile.
  boolean install(Link next) {
    lock.lock();
    try {
      while (phase == Phase.MOVING && output.isWriting()) {
        awaitUninterruptibly();
      }
      if (phase != Phase.MOVING) {
        return false;
      }
      boolean keeps = options.mode() == FailoverMode.AUTOMATIC;
      input.restart(keeps);
      output.restart(keeps);
      link = next;
      failure = null;
      mover = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Opens the new link to everybody.
  ///
  /// @param move null for the first element
  /// @return false if the new element has failed as well meanwhile, or the session was closed
  boolean moved(@Nullable Failover move) {
    lock.lock();
    try {
      mover = null;
      if (phase != Phase.MOVING || failure != null) {
        return false;
      }
      lastMove = move;
      phase = Phase.UP;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits, for at most so long, while the session is moving.
  ///
  /// @return false if the session was closed
  boolean pause(long limitNs) {
    lock.lock();
    try {
      long leftNs = limitNs;
      while (phase == Phase.MOVING && leftNs > 0) {
        leftNs = changed.awaitNanos(leftNs);
      }
      return phase == Phase.MOVING;
    } catch (InterruptedException e) {
      throw InterruptedCallException.restoring("a moment", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return who;
  }
}
