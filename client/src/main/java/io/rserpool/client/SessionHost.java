package io.rserpool.client;

import io.rserpool.engine.Engine;
import io.rserpool.engine.session.LinkId;
import io.rserpool.engine.session.SessionEffect;
import io.rserpool.engine.session.SessionEffects;
import io.rserpool.engine.session.UserSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one session engine on the real network. All decisions are the engine's; here is the lock
/// under which it is touched, the threads that wait for it, and the time.
///
/// What the engine wants done is collected under the lock and carried out after it was released, in
/// order, by one thread at a time. Nobody holds the lock while doing anything slow.
final class SessionHost {

  /// Something to tell the engine; called with the lock held.
  @FunctionalInterface
  interface Step {

    /// Tells it.
    void take(UserSession<Piece> session, long nowNs, SessionEffects out);
  }

  /// Carries out what the engine wants, without blocking; called without the lock.
  interface Errands {

    /// Calls an element.
    void call(Link link, SessionEffect.Call call);

    /// Does anything that is not about links.
    void carryOut(SessionHost host, SessionEffect effect);
  }

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");

  private static final Subscription NO_ALARM = () -> {};

  private final String who;
  private final UserSession<Piece> session;
  private final SessionClock clock;
  private final Errands errands;
  private final ReentrantLock lock = new ReentrantLock();
  private final SessionWaiters waiters;
  private final Deque<Runnable> todo = new ArrayDeque<>();
  private final Map<LinkId, Link> links = new LinkedHashMap<>();
  private @Nullable Link current;
  private boolean isCarrying;
  private long alarmNs = Engine.NEVER;
  private Subscription alarm = NO_ALARM;
  private int waitingForInput;

  SessionHost(String who, UserSession<Piece> session, SessionClock clock, Errands errands) {
    this.who = who;
    this.session = session;
    this.clock = clock;
    this.errands = errands;
    this.waiters = new SessionWaiters(session, lock);
  }

  void lock() {
    lock.lock();
  }

  /// Releases the lock; first all who may go on are woken, and afterwards what the engine wants is
  /// done.
  void unlock() {
    boolean carries = false;
    try {
      if (lock.getHoldCount() == 1) {
        settle();
        waiters.wake();
        carries = hasErrands();
        isCarrying |= carries;
      }
    } finally {
      lock.unlock();
    }
    if (carries) {
      carryOut();
    }
  }

  private boolean hasErrands() {
    return !isCarrying && !todo.isEmpty();
  }

  Condition newCondition() {
    return lock.newCondition();
  }

  /// A link's thread, which holds the lock, has nothing to do: first what it has told the engine takes
  /// effect, as in [#unlock]. May return at once; the caller looks again.
  @SuppressWarnings("WaitNotInLoop") // The callers loop.
  void pause(Condition untilMore) {
    if (hasErrands()) {
      unlock();
      lock();
    } else {
      settle();
      waiters.wake();
      untilMore.awaitUninterruptibly();
    }
  }

  /// The engine, for those who hold the lock.
  UserSession<Piece> session() {
    return session;
  }

  /// Tells the engine something; the lock is held.
  void tell(Step step) {
    step.take(session, SessionClock.nowNs(), this::collect);
  }

  /// Tells the engine something.
  void step(Step step) {
    lock();
    try {
      tell(step);
    } finally {
      unlock();
    }
  }

  private void collect(SessionEffect effect) {
    switch (effect) {
      case SessionEffect.Call call -> {
        Link link = new Link(call.link(), this);
        links.put(call.link(), link);
        todo.addLast(() -> errands.call(link, call));
      }
      case SessionEffect.Close(LinkId id) -> leave(id, Link::close);
      case SessionEffect.Abort(LinkId id, _) -> leave(id, Link::abort);
      case SessionEffect.Choose _,
          SessionEffect.Enumerate _,
          SessionEffect.Probe _,
          SessionEffect.Report _,
          SessionEffect.Greet _,
          SessionEffect.Tell _ ->
          todo.addLast(() -> errands.carryOut(this, effect));
    }
  }

  private void leave(LinkId id, Consumer<Link> how) {
    Link link = links.get(id);
    if (link != null) {
      link.leave();
      todo.addLast(() -> how.accept(link));
    }
  }

  /// A link is of no interest any more; the lock is held.
  void forget(LinkId id) {
    links.remove(id);
  }

  /// Wakes the threads of links that have something to do, and has the clock call in time; the lock
  /// is held. Callers that wait are not woken: who waits again has nothing new for them, and two of
  /// them would wake each other for ever.
  private void settle() {
    links.values().forEach(link -> link.settle(session));
    long next = session.nextDeadlineNs();
    // An alarm that comes too early does no harm: afterwards the later deadline is set. To move it
    // for
    // every message would wake the clock's thread each time.
    boolean isDone = next == Engine.NEVER && session.phase() != UserSession.Phase.UP;
    if (next < alarmNs || (isDone && alarmNs != Engine.NEVER)) {
      alarm.close();
      alarmNs = next;
      alarm = next == Engine.NEVER ? NO_ALARM : clock.at(next, this::tick);
    }
  }

  private void tick() {
    step((engine, now, out) -> {
      alarmNs = Engine.NEVER;
      alarm = NO_ALARM;
      engine.tick(now, out);
    });
  }

  private void carryOut() {
    for (Runnable next = nextTodo(); next != null; next = nextTodo()) {
      try {
        next.run();
      } catch (RuntimeException e) {
        LOG.error("{}: what the session wants done failed", who, e);
      }
    }
  }

  private @Nullable Runnable nextTodo() {
    lock.lock();
    try {
      Runnable next = todo.pollFirst();
      isCarrying = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  // For callers that wait; the lock is held.

  /// Waits, for at most so long, until what it waits for has come true or the session stands elsewhere;
  /// the caller looks again then.
  ///
  /// @param isReady asked on other threads, and without effect
  void await(long limitNs, String what, BooleanSupplier isReady) {
    settle();
    try {
      waiters.await(limitNs, isReady);
    } catch (InterruptedException e) {
      throw InterruptedCallException.restoring(what + " of " + who, e);
    }
  }

  /// A caller begins to wait for input: from now on the element's silence counts.
  void beginInput(boolean isGreeter) {
    if (isGreeter) {
      session.waiting(SessionClock.nowNs(), true, true);
    } else if (waitingForInput++ == 0) {
      session.waiting(SessionClock.nowNs(), true, false);
    }
  }

  /// A caller waits for input no longer.
  void endInput(boolean isGreeter) {
    if (isGreeter) {
      session.waiting(SessionClock.nowNs(), false, true);
    } else if (--waitingForInput == 0) {
      session.waiting(SessionClock.nowNs(), false, false);
    }
  }

  /// Ends the session for its callers at once; what was accepted is still written, and then the
  /// link ends. Returns early if interrupted.
  ///
  /// @param drainLimitNs how long the writing may take
  /// @param endLimitNs how long is waited for the link's end
  void close(long drainLimitNs, long endLimitNs) {
    Link last = beginClose();
    try {
      if (last != null) {
        awaitDrained(last, drainLimitNs);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    step((_, _, out) -> session.closed(out));
    if (last != null) {
      last.awaitGone(endLimitNs);
    }
  }

  /// The link on which there may be something to write yet.
  private @Nullable Link beginClose() {
    lock();
    try {
      boolean isUp = session.phase() == UserSession.Phase.UP;
      tell((_, now, out) -> session.close(now, out));
      return isUp ? current : null;
    } finally {
      unlock();
    }
  }

  private void awaitDrained(Link last, long limitNs) throws InterruptedException {
    lock();
    try {
      settle();
      long leftNs = limitNs;
      while (!session.isDrained() && !last.isOver() && leftNs > 0) {
        leftNs = waiters.await(leftNs, () -> session.isDrained() || last.isOver());
      }
    } finally {
      unlock();
    }
  }

  /// The link to the element that the session is on, or was on last.
  @Nullable Link current() {
    return current;
  }

  /// A link is the session's present one.
  void current(Link link) {
    current = link;
  }

  @Override
  public String toString() {
    return who;
  }
}
