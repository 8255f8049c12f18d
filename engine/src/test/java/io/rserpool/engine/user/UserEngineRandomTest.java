package io.rserpool.engine.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.hunt.Chaos;
import io.rserpool.engine.hunt.Script;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever comes, the engine never throws, answers every request once and in time, calls three
/// registrars at most, and never spins.
class UserEngineRandomTest {

  private static final int SEEDS = 20;
  private static final int STEPS = 3000;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void nothingThatComesBreaksTheRules(Profile profile) {
    long first = Long.getLong("rserpool.seed", 1);
    long count = System.getProperty("rserpool.seed") == null ? SEEDS : 1;
    long effects = 0;
    for (long seed = first; seed < first + count; seed++) {
      effects += play(profile, seed, STEPS);
    }
    assertThat(effects).isGreaterThan(count * STEPS / 2);
  }

  @Test
  void theSameSeedGivesTheSameCourse() {
    assertThat(play(Profile.STANDARD, 5, STEPS)).isEqualTo(play(Profile.STANDARD, 5, STEPS));
  }

  private static long play(Profile profile, long seed, int steps) {
    var requests = new SplittableRandom(seed + 1);
    var engine = new UserEngine(UserScript.settings(profile, 4), new SplittableRandom(seed + 2));
    long withinNs = (2 * (profile == Profile.RFC ? 45_000 : 6000)) * Script.MS;
    var chaos = new Chaos(engine, seed, id -> request(requests, id), withinNs, 1);
    try {
      chaos.run(steps);
      return chaos.effects();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "profile %s seed %d; replay: mvn -pl engine test -Dtest=UserEngineRandomTest -Drserpool.seed=%d"
              .formatted(profile, seed, seed),
          e);
    }
  }

  private static UserRequest request(SplittableRandom random, long id) {
    PoolHandle pool = Chaos.pool(random);
    ElementId element = ElementId.of(random.nextInt(6));
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new UserRequest.Resolve(id, pool, random.nextInt(4));
      case 3, 4, 5 -> new UserRequest.Select(id, pool, element);
      case 6 -> new UserRequest.Watch(id, pool);
      case 7 -> new UserRequest.Unwatch(id, pool);
      case 8 -> new UserRequest.Report(id, pool, element);
      default ->
          random.nextBoolean()
              ? new UserRequest.Purge(id, pool)
              : new UserRequest.Dismiss(
                  id,
                  pool,
                  element,
                  random.nextBoolean() ? LeaveRequest.DRAIN : LeaveRequest.REMOVE);
    };
  }
}
