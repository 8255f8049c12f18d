package io.rserpool.engine.element;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.hunt.Chaos;
import io.rserpool.engine.hunt.Script;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.Profile;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever comes, the engine never throws, answers every request once and in time, calls three
/// registrars at most, and never spins.
class ElementEngineRandomTest {

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
    var engine =
        new ElementEngine(ElementScript.settings(profile, 4), new SplittableRandom(seed + 2));
    long withinNs = 2 * (profile == Profile.RFC ? 90_000 : 3000) * Script.MS;
    var chaos = new Chaos(engine, seed, id -> request(requests, id), withinNs, 3);
    try {
      chaos.run(steps);
      return chaos.effects();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "profile %s seed %d; replay: mvn -pl engine test -Dtest=ElementEngineRandomTest -Drserpool.seed=%d"
              .formatted(profile, seed, seed),
          e);
    }
  }

  private static ElementRequest request(SplittableRandom random, long id) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 ->
          new ElementRequest.Register(
              id,
              Chaos.pool(random),
              random.nextBoolean() ? ElementId.NONE : ElementId.of(1 + random.nextInt(4)),
              ElementScript.SERVICE,
              new Policy.LeastUsed(0),
              random.nextBoolean() ? AsapTransport.Absent.INSTANCE : ElementScript.listening(4711));
      case 3 -> new ElementRequest.Leave(id);
      case 4 -> new ElementRequest.Update(id, new Policy.Priority(1));
      default -> new ElementRequest.Update(id, new Policy.LeastUsed(random.nextInt(100)));
    };
  }
}
