package io.rserpool.cli.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RenewalWatchTest {

  private final SettableClock clock = new SettableClock();
  private final Instant start = clock.instant();

  /// What is waited between looks that say when to look again.
  private List<Duration> pauses(Instant first, List<Instant> answers) {
    Iterator<Instant> looks = answers.iterator();
    List<Duration> pauses = new ArrayList<>();
    RenewalWatch watch =
        new RenewalWatch(
            clock,
            time -> {
              pauses.add(time);
              clock.advance(time);
              return looks.hasNext();
            });
    watch.run(first, looks::next);
    return pauses;
  }

  @Test
  void itLooksWhenTheNextIsDueButEveryHourAndNotAllTheTime() {
    Duration hour = Duration.ofHours(1);
    assertThat(
            pauses(
                start.plus(hour).plusMillis(1),
                List.of(
                    start.plus(hour).plus(hour).minusMillis(1),
                    start,
                    start.plus(Duration.ofDays(3)),
                    Instant.MAX)))
        .containsExactly(hour, hour.minusMillis(1), Duration.ofSeconds(1), hour, hour);
  }

  @Test
  void interruptedPauseEndsIt() {
    Thread.currentThread().interrupt();
    assertThat(RenewalWatch.Pause.SLEEP.pass(Duration.ofDays(1))).isFalse();
    assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
  }
}
