package io.rserpool.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for what nobody announces: looks again and again, until it is so.
final class Until {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private Until() {}

  /// Looks until what is seen is as wanted.
  ///
  /// @throws AssertionError with what was seen last, if that takes longer than anything should
  static <T> T seen(String what, Supplier<T> look, Predicate<T> isWanted) {
    long deadlineNs = System.nanoTime() + CliProcess.LIMIT.toNanos();
    while (true) {
      T seen = look.get();
      if (isWanted.test(seen)) {
        return seen;
      }
      if (System.nanoTime() > deadlineNs) {
        throw new AssertionError("expected " + what + ", but seen at last was:\n" + seen);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
