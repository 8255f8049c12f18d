package io.rserpool.system;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What came of handle resolutions, for any number of threads.
final class ResolutionTally {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private long total;
  private long failed;
  private int fewest = Integer.MAX_VALUE;
  private long slowestNs;

  void done(int elements, long tookNs) {
    lock.lock();
    try {
      fewest = Math.min(fewest, elements);
      count(tookNs);
    } finally {
      lock.unlock();
    }
  }

  void failed(long tookNs) {
    lock.lock();
    try {
      failed++;
      count(tookNs);
    } finally {
      lock.unlock();
    }
  }

  private void count(long tookNs) {
    total++;
    slowestNs = Math.max(slowestNs, tookNs);
    more.signalAll();
  }

  /// Waits for so many more, and says what came of all since the last time.
  String awaitMore(int count) throws InterruptedException {
    lock.lock();
    try {
      long goal = total + count;
      while (total < goal) {
        more.await();
      }
      String text =
          "resolutions %d failed %d fewest %d slowest %d ms"
              .formatted(total, failed, fewest, TimeUnit.NANOSECONDS.toMillis(slowestNs));
      fewest = Integer.MAX_VALUE;
      slowestNs = 0;
      return text;
    } finally {
      lock.unlock();
    }
  }
}
