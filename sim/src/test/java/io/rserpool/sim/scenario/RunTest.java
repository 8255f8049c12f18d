package io.rserpool.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.protocol.Profile;
import io.rserpool.sim.Trace;
import io.rserpool.sim.TraceHash;
import io.rserpool.sim.fault.FaultKind;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole scopes under faults: a few seeds that are always the same, and some fresh ones at every run,
/// of which the first is printed. A failure prints the one command that replays it;
/// `-Drserpool.seed=N` begins the fresh seeds with this one.
class RunTest {

  private static final long FIXED_SEED = 20_260_101;
  private static final int FIXED_SEEDS = 1;
  private static final int FIXED_SEEDS_OF_ONE_REGISTRAR = 4;
  private static final int FRESH_SEEDS = 5;

  private static final long FRESH_SEED =
      Long.getLong("rserpool.seed", new SecureRandom().nextInt(Integer.MAX_VALUE));

  private static final long MANY = 10;

  /// A rate at which a kind of fault comes in a few runs for certain.
  private static final double OFTEN = 0.05;

  private static Duration duration(Profile profile) {
    return Duration.ofNanos(Run.unitNs(profile)).multipliedBy(600);
  }

  private static Map<FaultKind, Long> holds(
      String scenario, Profile profile, long firstSeed, int seeds) {
    Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      Outcome outcome = Run.run(Scenario.named(scenario), profile, seed, duration(profile));
      assertThat(outcome.violations()).as(outcome.describe()).isEmpty();
      outcome.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
    }
    return faults;
  }

  @BeforeAll
  static void tellFreshSeed() {
    System.out.printf(
        "fresh seeds from %d on; the same again: -Drserpool.seed=%d%n", FRESH_SEED, FRESH_SEED);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everythingHoldsWithOneRegistrarAndAllKindsOfFaults(Profile profile) {
    Map<FaultKind, Long> faults =
        holds("one-registrar", profile, FIXED_SEED, FIXED_SEEDS_OF_ONE_REGISTRAR);
    Scenario.named("one-registrar")
        .faults()
        .forEach((kind, rate) -> {
          if (rate >= OFTEN) {
            assertThat(faults.get(kind)).as(kind.toString()).isPositive();
          }
        });
    assertThat(faults.get(FaultKind.MULTICAST_LOSS)).isPositive();
    assertThat(faults.get(FaultKind.REFUSED_CALL)).isPositive();
  }

  static List<Arguments> scopes() {
    List<Arguments> all = new ArrayList<>();
    for (Scenario scenario : Scenario.all()) {
      for (Profile profile : Profile.values()) {
        all.add(Arguments.of(scenario.name(), profile));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void everythingHoldsWithSeedsThatAreAlwaysTheSame(String scenario, Profile profile) {
    assertThat(holds(scenario, profile, FIXED_SEED, FIXED_SEEDS)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void everythingHoldsWithFreshSeeds(String scenario, Profile profile) {
    assertThat(holds(scenario, profile, FRESH_SEED, FRESH_SEEDS)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void sameSeedGivesTheSameTrace(Profile profile) {
    Scenario storm = Scenario.named("storm");
    List<String> lines = new ArrayList<>();
    TraceHash one = new TraceHash();
    TraceHash other = new TraceHash();
    Duration duration = Duration.ofNanos(100 * Run.unitNs(profile));
    Run.run(storm, profile, FIXED_SEED, duration, Trace.to(lines::add), _ -> true);
    Run.run(storm, profile, FIXED_SEED, duration, one, _ -> true);
    Run.run(storm, profile, FIXED_SEED, duration, other, _ -> true);
    assertThat(one.value()).isEqualTo(other.value());
    assertThat(one.lines()).isEqualTo(other.lines()).isEqualTo(lines.size());
    List<String> again = new ArrayList<>();
    Run.run(storm, profile, FIXED_SEED, duration, Trace.to(again::add), _ -> true);
    assertThat(again).isEqualTo(lines);
    TraceHash different = new TraceHash();
    Run.run(storm, profile, FIXED_SEED + 1, duration, different, _ -> true);
    assertThat(different.value()).isNotEqualTo(one.value());
  }

  /// Invariants that are never looked at hold always.
  @ParameterizedTest
  @EnumSource(Profile.class)
  void sessionsAreLookedAt(Profile profile) {
    Outcome outcome = Run.run(Scenario.named("sessions"), profile, FIXED_SEED, duration(profile));
    assertThat(outcome.violations()).as(outcome.describe()).isEmpty();
    for (String invariant :
        List.of(
            "nothing-forgotten",
            "session-order",
            "one-echo",
            "sealed-cookies",
            "live-sessions",
            "steady-sessions",
            "bounded-sessions")) {
      assertThat(outcome.checks().get(invariant)).as(invariant).isGreaterThan(MANY);
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void securedScopesAreLookedAt(Profile profile) {
    Outcome outcome = Run.run(Scenario.named("hostile"), profile, FIXED_SEED, duration(profile));
    assertThat(outcome.violations()).as(outcome.describe()).isEmpty();
    for (String invariant :
        List.of("authorised-entries", "authorised-changes", "authorised-words", "answered-users")) {
      assertThat(outcome.checks().get(invariant)).as(invariant).isGreaterThan(MANY);
    }
  }

  @Test
  void progressEndsARunBetweenRounds() {
    Scenario calm = Scenario.named("calm");
    Outcome outcome = Run.run(calm, Profile.STANDARD, 1, Duration.ofDays(1), Trace.OFF, _ -> false);
    assertThat(outcome.rounds()).isZero();
    assertThat(outcome.simulated()).isLessThan(Duration.ofMinutes(5));
    assertThat(outcome.replay())
        .isEqualTo("rserpool simulate --scenario calm --profile standard --seed 1 --trace");
  }

  @Test
  void unknownScenarioNamesThoseThatThereAre() {
    assertThatThrownBy(() -> Scenario.named("panic"))
        .hasMessageContaining("panic")
        .hasMessageContaining("rolling-restart");
  }
}
