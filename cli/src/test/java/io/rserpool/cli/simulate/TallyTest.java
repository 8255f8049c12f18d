package io.rserpool.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Profile;
import io.rserpool.sim.check.Violation;
import io.rserpool.sim.fault.FaultKind;
import io.rserpool.sim.scenario.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final Violation VIOLATION =
      new Violation("one-winner", 5_000_000_000L, "pr2", "one", "two");

  private static Outcome outcome(long seed, Violation... violations) {
    return outcome(Profile.RFC, seed, violations);
  }

  private static Outcome outcome(Profile profile, long seed, Violation... violations) {
    return new Outcome(
        "storm",
        profile,
        seed,
        Duration.ofHours(30),
        4,
        1_000,
        20,
        300,
        Map.of(FaultKind.CUT, 5L),
        Map.of("one-winner", 6L, "nothing-lost", 0L),
        List.of(violations));
  }

  private static String print(Tally tally) {
    StringWriter text = new StringWriter();
    tally.print(Duration.ofSeconds(10), new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void outcomesAreAddedUp() {
    Tally tally = new Tally("");
    tally.add(outcome(1));
    tally.add(outcome(2));
    assertThat(tally.isGood()).isTrue();
    assertThat(tally.describe()).isEqualTo("2 seeds, 2.5 days simulated, 0 violations");
    assertThat(print(tally).lines())
        .contains(
            "SIMULATED  2.5 days",
            "seeds      2",
            "rounds     8",
            "events     2,000, 200 a second",
            "messages   40, 600 bytes",
            "  in rfc   2.5 days, 2 seeds",
            "real time  10.0 s, 21600 times faster, 15.00 simulated days a minute",
            "cut    10",
            "one-winner    12",
            "nothing-lost  0, nothing happened that it is about",
            "No violation.");
  }

  @Test
  void timeIsAddedUpForEachProfile() {
    Tally tally = new Tally("");
    tally.add(outcome(Profile.STANDARD, 1));
    tally.add(outcome(Profile.RSPLIB, 2));
    tally.add(outcome(Profile.RSPLIB, 3));
    assertThat(print(tally).lines())
        .containsSubsequence(
            "SIMULATED      3.8 days",
            "  in standard  1.3 days, 1 seed",
            "  in rsplib    2.5 days, 2 seeds");
  }

  @Test
  void aViolationComesWithTheCommandThatReplaysIt() {
    Tally tally = new Tally(" --minutes 7");
    tally.add(outcome(1));
    tally.add(outcome(2, VIOLATION));
    assertThat(tally.isGood()).isFalse();
    assertThat(print(tally))
        .contains(
            "1 violation:", "storm rfc seed 2: one-winner at 5.0", "pr2: expected one, seen two")
        .contains(
            "replay: rserpool simulate --scenario storm --profile rfc --seed 2 --trace --minutes 7");
  }

  @Test
  void manyViolationsAreCounted() {
    Tally tally = new Tally("");
    for (int seed = 0; seed < 13; seed++) {
      tally.add(outcome(seed, VIOLATION));
    }
    assertThat(print(tally))
        .contains("13 violations:", "seed 9:", "and 3 more")
        .doesNotContain("seed 10:");
  }
}
