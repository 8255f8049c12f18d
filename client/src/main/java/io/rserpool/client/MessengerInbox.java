package io.rserpool.client;

import io.rserpool.client.PoolMessenger.Arrival;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What came for a messenger and nobody has taken yet. Who brings more than fits waits, and so
/// holds the element back that it comes from.
final class MessengerInbox {

  private static final int ARRIVALS_MAX = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hasRoom = lock.newCondition();
  private final Condition hasMore = lock.newCondition();
  private final Deque<Arrival> arrivals = new ArrayDeque<>();
  private boolean isClosed;

  /// Adds something, when there is room; once the inbox is closed it is dropped.
  void put(Arrival arrival) {
    lock.lock();
    try {
      while (!isClosed && arrivals.size() >= ARRIVALS_MAX) {
        hasRoom.awaitUninterruptibly();
      }
      if (!isClosed) {
        arrivals.addLast(arrival);
        hasMore.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes the next, waiting for it.
  Arrival take(long limitNs) {
    long leftNs = limitNs;
    lock.lock();
    try {
      while (!isClosed && arrivals.isEmpty()) {
        if (leftNs <= 0) {
          throw new CallTimeoutException(
              "messenger: nothing came within %d ms"
                  .formatted(TimeUnit.NANOSECONDS.toMillis(limitNs)));
        }
        leftNs = hasMore.awaitNanos(leftNs);
      }
      if (isClosed) {
        throw new ClosedException("messenger");
      }
      hasRoom.signal();
      return arrivals.removeFirst();
    } catch (InterruptedException e) {
      throw InterruptedCallException.restoring("messages", e);
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return isClosed;
    } finally {
      lock.unlock();
    }
  }

  /// Wakes everybody, for good.
  void close() {
    lock.lock();
    try {
      isClosed = true;
      arrivals.clear();
      hasRoom.signalAll();
      hasMore.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
