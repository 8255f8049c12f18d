package io.rserpool.client;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries the changes of a pool from the protocol's thread to an application's listener, which may
/// block: one virtual thread for each watch. A listener that is slower than the changes misses
/// those in between and always gets the newest, so nothing piles up.
final class PoolWatch implements Consumer<Pool>, Subscription {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");

  private final Consumer<Pool> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<Pool> newest = List.of();
  private Subscription source = () -> {};
  private boolean closed;

  private PoolWatch(Consumer<Pool> listener) {
    this.listener = listener;
  }

  static PoolWatch start(Consumer<Pool> listener, Function<PoolWatch, Subscription> subscribe) {
    PoolWatch watch = new PoolWatch(listener);
    watch.source = subscribe.apply(watch);
    Thread.ofVirtual().name("rserpool-watch").start(watch::run);
    return watch;
  }

  @Override
  public void accept(Pool pool) {
    lock.lock();
    try {
      newest = List.of(pool);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (List<Pool> next = take(); !next.isEmpty(); next = take()) {
      try {
        listener.accept(next.getFirst());
      } catch (RuntimeException e) {
        LOG.error("a listener of pool={} threw", next.getFirst().handle(), e);
      }
    }
  }

  /// The newest state, or nothing once the watch is closed.
  private List<Pool> take() {
    lock.lock();
    try {
      while (newest.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Pool> next = closed ? List.of() : newest;
      newest = List.of();
      return next;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    source.close();
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
