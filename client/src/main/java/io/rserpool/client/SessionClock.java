package io.rserpool.client;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wakes the sessions of one pool user at their deadlines: one platform thread for all of them, so
/// that the time of ten thousand sessions costs a queue and nothing else. What it calls is quick.
final class SessionClock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");

  /// The engines' time begins here, so that it is never negative.
  private static final long ORIGIN_NS = System.nanoTime();

  private static final Subscription NOTHING = () -> {};

  private final ScheduledThreadPoolExecutor executor;

  SessionClock() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("rserpool-session-clock").factory());
    executor.setRemoveOnCancelPolicy(true);
  }

  /// The engines' time.
  static long nowNs() {
    return System.nanoTime() - ORIGIN_NS;
  }

  /// A moment of the engines' time as [System#nanoTime] had it.
  static long nanoTimeOf(long timeNs) {
    return timeNs + ORIGIN_NS;
  }

  /// Calls at a moment of the engines' time, unless what is returned is closed before. Nothing is
  /// called any more once the clock is closed.
  Subscription at(long timeNs, Runnable task) {
    try {
      ScheduledFuture<?> alarm =
          executor.schedule(() -> run(task), Math.max(0, timeNs - nowNs()), TimeUnit.NANOSECONDS);
      return () -> alarm.cancel(false);
    } catch (RejectedExecutionException _) {
      return NOTHING;
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a session failed at its deadline", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
