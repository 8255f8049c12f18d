package io.rserpool.engine.handlespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.SelectionSettings;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Thousands of random operations on the handlespace and on a naive model of it, compared
/// throughout.
class HandlespaceModelTest {

  private static final int RUNS = 90;
  private static final int STEPS = 600;

  @Test
  void anyMixOfOperationsAgreesWithTheModel() {
    Long replayed = Long.getLong("rserpool.seed");
    if (replayed != null) {
      new ModelRun(replayed).steps(STEPS);
      return;
    }
    var runs = LongStream.rangeClosed(1, RUNS).mapToObj(ModelRun::new).toList();
    runs.forEach(run -> run.steps(STEPS));
    // Everything that is compared must have been there, and often.
    assertThat(runs.stream().mapToInt(run -> run.misfits).sum()).isGreaterThan(10_000);
    assertThat(runs.stream().mapToInt(run -> run.rivals).sum()).isGreaterThan(5_000);
    assertThat(runs.stream().mapToInt(run -> run.refusals).sum()).isGreaterThan(1_000);
    assertThat(runs.stream().mapToInt(run -> run.turns).sum()).isGreaterThan(250);
    assertThat(runs.stream().mapToInt(run -> run.followed).sum()).isGreaterThan(150);
    assertThat(runs.stream().mapToInt(run -> run.leaderless).sum()).isGreaterThan(70);
  }

  @Test
  void theModelIsTriedWithEveryPolicy() {
    var random = new SplittableRandom(1);
    var types = new HashSet<Long>();
    RandomPolicies.ALL.forEach(policy -> types.add(policy.apply(random).type()));
    types.add(EvenFirst.TYPE);
    assertThat(types)
        .containsExactlyInAnyOrderElementsOf(
            PolicyRules.standard(new SelectionSettings(1, 1, 1, 0)).with(new EvenFirst(1)).types());
  }
}
