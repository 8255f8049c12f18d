package io.rserpool.client;

import io.rserpool.engine.session.Loss;
import io.rserpool.engine.session.UserSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// The callers that wait in one session, each for something of its own, so that none is woken for what
/// others wait for: to wake a thread costs more than all else that a message needs. The lock of the
/// session's host is held.
final class SessionWaiters {

  private final class Waiter {
    private final Condition woken = lock.newCondition();
    private final BooleanSupplier isReady;
    private final UserSession.Phase phase = session.phase();
    private final Optional<Loss> loss = session.loss();

    private Waiter(BooleanSupplier isReady) {
      this.isReady = isReady;
    }

    private boolean mayGoOn() {
      return session.phase() != phase || !session.loss().equals(loss) || isReady.getAsBoolean();
    }
  }

  private final UserSession<Piece> session;
  private final ReentrantLock lock;
  private final List<Waiter> waiters = new ArrayList<>();

  SessionWaiters(UserSession<Piece> session, ReentrantLock lock) {
    this.session = session;
    this.lock = lock;
  }

  /// Waits until this thread may go on, for at most so long; it looks itself then. It may go on when
  /// the session stands elsewhere than now, or what it waits for has come true.
  ///
  /// @param limitNs [Long#MAX_VALUE] is for ever
  /// @param isReady asked on other threads, and without effect
  /// @return how much of the time is left
  @SuppressWarnings("WaitNotInLoop") // The callers loop.
  long await(long limitNs, BooleanSupplier isReady) throws InterruptedException {
    Waiter self = new Waiter(isReady);
    waiters.add(self);
    try {
      if (limitNs == Long.MAX_VALUE) {
        self.woken.await();
        return limitNs;
      }
      return limitNs > 0 ? self.woken.awaitNanos(limitNs) : 0;
    } finally {
      waiters.remove(self);
    }
  }

  /// Wakes all who may go on. Not to be called by one who is about to wait in vain again: two of those
  /// would wake each other for ever.
  void wake() {
    for (Waiter waiter : waiters) {
      if (waiter.mayGoOn()) {
        waiter.woken.signal();
      }
    }
  }
}
