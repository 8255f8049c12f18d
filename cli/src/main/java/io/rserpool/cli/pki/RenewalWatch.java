package io.rserpool.cli.pki;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Looks again and again whether something is to be renewed: when the next is due, and every hour,
/// since new ones may have been issued meanwhile and clocks may have been set.
final class RenewalWatch {
  private static final Duration PAUSE_MAX = Duration.ofHours(1);

  /// For a certificate that lives for seconds, or cannot be renewed.
  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Pause pause;

  /// How time passes between two looks.
  interface Pause {
    /// Waits as a thread does.
    Pause SLEEP =
        time -> {
          try {
            Thread.sleep(time);
            return true;
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
          }
        };

    /// Lets time pass.
    ///
    /// @return whether to go on
    boolean pass(Duration time);
  }

  RenewalWatch(InstantSource clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /// Looks until a pause says that it is enough.
  ///
  /// @param next when to look first
  /// @param look looks, and says when to look again
  void run(Instant next, Supplier<Instant> look) {
    Instant due = next;
    while (pause.pass(until(due))) {
      due = look.get();
    }
  }

  private Duration until(Instant due) {
    Instant now = clock.instant();
    if (due.isAfter(now.plus(PAUSE_MAX))) {
      return PAUSE_MAX;
    }
    Duration rest = Duration.between(now, due);
    return rest.compareTo(PAUSE_MIN) < 0 ? PAUSE_MIN : rest;
  }
}
