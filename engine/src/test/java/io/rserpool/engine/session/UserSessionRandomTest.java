package io.rserpool.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Profile;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever comes, a session has one link at a time, loses and doubles nothing that it promised to
/// keep, says everything in order, never stands still, and never spins.
final class UserSessionRandomTest {

  private static final List<Profile> PROFILES = List.of(Profile.values());
  private static final int SEEDS = 150;
  private static final int STEPS = 1500;

  @ParameterizedTest
  @EnumSource(SessionMode.class)
  void nothingThatComesBreaksTheRules(SessionMode mode) {
    long first = Long.getLong("rserpool.seed", 1);
    long count = System.getProperty("rserpool.seed") == null ? SEEDS : 1;
    long effects = 0;
    for (long seed = first; seed < first + count; seed++) {
      effects += play(mode, seed);
    }
    assertThat(effects).isGreaterThan(count * (mode == SessionMode.NONE ? 4 : 100));
  }

  @Test
  void theSameSeedGivesTheSameCourse() {
    assertThat(play(SessionMode.AUTOMATIC, 5)).isEqualTo(play(SessionMode.AUTOMATIC, 5));
  }

  private static long play(SessionMode mode, long seed) {
    try {
      return new SessionChaos(settings(mode, new SplittableRandom(seed)), seed).run(STEPS);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "mode %s seed %d; replay: mvn -pl engine test -Dtest=UserSessionRandomTest -Drserpool.seed=%d"
              .formatted(mode, seed, seed),
          e);
    }
  }

  private static SessionSettings settings(SessionMode mode, SplittableRandom random) {
    SessionSettings.Builder settings =
        SessionSettings.forProfile(PROFILES.get(random.nextInt(3))).toBuilder()
            .mode(mode)
            .readTimeout(Duration.ofSeconds(random.nextInt(3)))
            .sendTimeout(Duration.ofSeconds(1 + random.nextInt(5)))
            .endsOrderly(random.nextInt(4) == 0)
            .attempts(1 + random.nextInt(100))
            .unreadMax(1 + random.nextInt(2000))
            .unsentMax(1 + random.nextInt(2000));
    if (random.nextBoolean()) {
      settings.preferred(ElementId.of(2)).failBackAfter(Duration.ofSeconds(random.nextInt(5)));
    }
    return settings.build();
  }
}
