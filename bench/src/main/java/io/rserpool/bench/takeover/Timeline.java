package io.rserpool.bench.takeover;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What was seen somewhere, and when. One thread adds, another one looks.
///
/// @param <T> what is seen
final class Timeline<T> {

  /// @param atNs by [System#nanoTime]
  private record Sighting<T>(long atNs, T what) {}

  private final List<Sighting<T>> sightings = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();

  void add(long atNs, T what) {
    lock.lock();
    try {
      sightings.add(new Sighting<>(atNs, what));
      added.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// What was seen last.
  Optional<T> last() {
    lock.lock();
    try {
      return sightings.isEmpty() ? Optional.empty() : Optional.of(sightings.getLast().what());
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the first sighting of a kind from some time on.
  ///
  /// @return when it was, or [Moment#NEVER] if it does not come before the deadline
  long await(long fromNs, Predicate<T> wanted, long deadlineNs) throws InterruptedException {
    lock.lock();
    try {
      int looked = 0;
      while (true) {
        for (; looked < sightings.size(); looked++) {
          Sighting<T> sighting = sightings.get(looked);
          if (sighting.atNs() >= fromNs && wanted.test(sighting.what())) {
            return sighting.atNs();
          }
        }
        long remainingNs = deadlineNs - System.nanoTime();
        if (remainingNs <= 0) {
          return Moment.NEVER;
        }
        boolean _ = added.await(remainingNs, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }
}
