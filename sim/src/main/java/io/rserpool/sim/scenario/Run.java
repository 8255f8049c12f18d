package io.rserpool.sim.scenario;

import io.rserpool.protocol.Profile;
import io.rserpool.sim.Simulation;
import io.rserpool.sim.Trace;
import io.rserpool.sim.access.Charter;
import io.rserpool.sim.check.Bounds;
import io.rserpool.sim.check.Checker;
import io.rserpool.sim.check.Observation;
import io.rserpool.sim.check.Truth;
import io.rserpool.sim.check.Violation;
import io.rserpool.sim.check.ViolationException;
import io.rserpool.sim.fault.FaultKind;
import io.rserpool.sim.fault.Faults;
import io.rserpool.sim.hostile.Adversaries;
import io.rserpool.sim.network.LinkSettings;
import io.rserpool.sim.scope.RegistrarProcess;
import io.rserpool.sim.scope.Scope;
import io.rserpool.sim.scope.ScopeSettings;
import io.rserpool.sim.scope.UserProcess;
import io.rserpool.sim.session.SessionPlan;
import io.rserpool.sim.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One run of a scenario: rounds of chaos, healing, settling and validation, until the virtual time
/// is over or an invariant is violated. Some rounds have a single fault, so that the bounds for a
/// single failure are checked as well.
public final class Run {

  private static final long NS_PER_S = 1_000_000_000;
  private static final long MICROSECONDS = 1_000;

  /// Retransmissions that a message may need: 200, 400 and 800 ms.
  private static final int REPAIRS = 7;

  /// Tables are given in small parts in half of the runs, since the scopes are small as well.
  private static final int TABLE_ELEMENTS_MIN = 2;

  private static final double SINGLE_SHARE = 0.4;
  private static final double CHAOS_UNITS_MIN = 10;
  private static final double CHAOS_UNITS_MAX = 80;
  private static final double INTENSITY_MIN = 0.1;
  private static final double ROLLING_UNITS = 3;
  private static final int REMEMBERED_SETTLINGS = 3;

  /// After settling nobody names an element that is not there, but a session may be on one.
  private static final int SETTLED_TRIES = 2;

  private static final int COOKIE_EVERY_MAX = 6;
  private static final int WORKS_PER_UNIT = 400;

  /// A clock is off by so many parts in a million at most.
  private static final long DRIFT_PPM = 200;

  private final Scenario scenario;
  private final Profile profile;
  private final long seed;
  private final SplittableRandom random;
  private final Simulation simulation;
  private final Truth truth;
  private final Bounds bounds;
  private final Checker checker;
  private final Scope scope;
  private final Workload workload;
  private final Faults faults;
  private final @Nullable Adversaries adversaries;
  private final long unitNs;
  private final List<Violation> violations = new ArrayList<>();
  private int rounds;
  private long windowNs;
  private long windowMessages;
  private long windowOperations;
  private long windowFaults;

  private Run(Scenario scenario, Profile profile, long seed, Trace trace) {
    this.scenario = scenario;
    this.profile = profile;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.simulation = new Simulation(trace);
    this.unitNs = unitNs(profile);
    ScopeSettings without = settings();
    ScopeSettings settings = without.withSessions(sessions(bounds(without)));
    bounds = bounds(settings);
    truth = new Truth(simulation, bounds);
    checker = new Checker(truth, simulation::at);
    Witness witness = new Witness(truth, checker);
    scope = new Scope(simulation, settings, random.split(), witness);
    workload = new Workload(simulation, scope, scenario.workload(), random.split(), unitNs);
    faults = new Faults(simulation, scope, witness, random.split(), unitNs);
    witness.meet(scope, workload);
    adversaries = scenario.adversaries() == 0 ? null : adversaries();
    if (adversaries != null) {
      witness.meet(scope, adversaries);
    }
  }

  private Adversaries adversaries() {
    return new Adversaries(simulation, scope, scenario.adversaries(), random.split(), unitNs);
  }

  /// Runs a scenario without a trace.
  ///
  /// @param duration virtual time; a round that has begun is finished
  public static Outcome run(Scenario scenario, Profile profile, long seed, Duration duration) {
    return run(scenario, profile, seed, duration, Trace.OFF, _ -> true);
  }

  /// Runs a scenario.
  ///
  /// @param seed decides everything
  /// @param duration virtual time; a round that has begun is finished
  /// @param progress is asked after each round whether to go on
  public static Outcome run(
      Scenario scenario,
      Profile profile,
      long seed,
      Duration duration,
      Trace trace,
      Progress progress) {
    Run run = new Run(scenario, profile, seed, trace);
    run.go(duration.toNanos(), progress);
    return run.outcome();
  }

  /// The unit of time of a profile, by which the rates of workloads and faults are meant.
  public static long unitNs(Profile profile) {
    return switch (profile) {
      case STANDARD -> NS_PER_S;
      case RSPLIB -> 5 * NS_PER_S;
      case RFC -> 30 * NS_PER_S;
    };
  }

  private ScopeSettings settings() {
    int registrars = random.nextInt(scenario.registrarsMin(), scenario.registrarsMax() + 1);
    int elements = random.nextInt(scenario.elementsMax() / 2, scenario.elementsMax() + 1);
    boolean isHostile = scenario.adversaries() > 0;
    return new ScopeSettings(
        profile,
        registrars,
        elements,
        1 + random.nextInt(3),
        scenario.users(),
        random.nextBoolean() ? 4 : 0,
        random.nextBoolean() ? 3 : 0,
        random.nextBoolean(),
        isHostile ? random.nextBoolean() : scenario.presences(),
        random.nextBoolean() ? TABLE_ELEMENTS_MIN + random.nextInt(2) : 0,
        DRIFT_PPM,
        scenario.links(),
        scenario.multicast(),
        SessionPlan.NONE,
        isHostile ? charter() : Charter.OPEN);
  }

  /// In profile rsplib registrars do not tell each other whose an element is, so that roles alone
  /// protect no element at other registrars than its home.
  private Charter charter() {
    boolean hasRules = random.nextBoolean() || profile == Profile.RSPLIB;
    Charter.Kind kind = hasRules ? Charter.Kind.RULES : Charter.Kind.ROLES;
    return new Charter(kind, List.of(), true);
  }

  private Bounds bounds(ScopeSettings settings) {
    return new Bounds(
        settings.registrar(),
        settings.element(),
        settings.user(),
        settings.sessions(),
        way(scenario.links()),
        settings.registrars(),
        settings.pools());
  }

  /// Draws nothing where there are none.
  private SessionPlan sessions(Bounds of) {
    long ageNs = (long) ((CHAOS_UNITS_MAX + 1) * unitNs) + of.settleNs();
    return scenario.sessions() == 0
        ? SessionPlan.NONE
        : new SessionPlan(
            scenario.sessions(),
            1 + random.nextInt(COOKIE_EVERY_MAX),
            Duration.ofNanos(random.nextBoolean() ? 0 : unitNs / WORKS_PER_UNIT),
            Duration.ofNanos(unitNs),
            SessionPlan.ageFor(Duration.ofNanos(ageNs)));
  }

  private static Bounds.Way way(LinkSettings links) {
    long repairNs = links.loss() == 0 ? 0 : REPAIRS * links.retransmissionNs();
    return new Bounds.Way(
        links.delayMaxNs() + repairNs, links.userTimeoutNs(), links.connectTimeoutNs());
  }

  private void go(long durationNs, Progress progress) {
    try {
      simulation.tell(
          "-", "state", scenario.name() + " " + profile + " seed " + seed + ", " + bounds);
      scope.start();
      workload.begin();
      if (adversaries != null) {
        adversaries.begin();
      }
      settle();
      while (simulation.nowNs() < durationNs
          && progress.goesOn(Duration.ofNanos(simulation.nowNs()))) {
        round();
      }
    } catch (ViolationException e) {
      violated(e.violation());
    } catch (RuntimeException e) {
      StackTraceElement[] stack = e.getStackTrace();
      String where = stack.length == 0 ? "" : " at " + stack[0];
      violated(new Violation("survival", simulation.nowNs(), "-", "no exception", e + where));
    }
  }

  private void violated(Violation violation) {
    simulation.tell(violation.process(), "check", violation.toString());
    violations.add(violation);
    simulation.halt();
  }

  private void round() {
    busy(true);
    if (scenario.rolling()) {
      roll();
    } else if (random.nextDouble() < SINGLE_SHARE) {
      single();
    } else {
      chaos();
    }
    busy(false);
    faults.heal();
    settle();
    rounds++;
  }

  private void busy(boolean isBusy) {
    workload.busy(isBusy);
    if (adversaries != null) {
      adversaries.busy(isBusy);
    }
  }

  private void settle() {
    runFor(unitNs + bounds.settleNs());
    if (scenario.sessions() > 0) {
      runFor(sessionsNs());
    }
    checker.observe(new Observation.Settled());
    long nowNs = simulation.nowNs();
    long messages = scope.network().traffic().messages();
    checker.observe(
        new Observation.Carried(
            nowNs - windowNs,
            messages - windowMessages,
            operations() - windowOperations,
            faults.total() - windowFaults,
            scope.elements().size()));
    windowNs = nowNs;
    windowMessages = messages;
    windowOperations = operations();
    windowFaults = faults.total();
    truth.forget(nowNs - REMEMBERED_SETTLINGS * bounds.settleNs());
    simulation.tell("-", "check", "all is well");
  }

  /// What the slowest session may need once everything else has settled.
  private long sessionsNs() {
    return scope.settings().sessionTimes().slowest().stream()
        .mapToLong(settings -> bounds.sessions().answerNs(settings, SETTLED_TRIES))
        .max()
        .orElse(0);
  }

  private long operations() {
    long said = adversaries == null ? 0 : adversaries.said();
    return said + workload.operations() + scope.users().stream().mapToLong(UserProcess::asks).sum();
  }

  private void roll() {
    for (RegistrarProcess registrar : scope.registrars()) {
      faults.restart(registrar);
      runFor(bounds.settleNs() + (long) (ROLLING_UNITS * unitNs));
    }
  }

  private void single() {
    List<FaultKind> kinds = List.copyOf(scenario.faults().keySet());
    runFor((long) (random.nextDouble() * unitNs));
    if (!kinds.isEmpty()) {
      faults.inject(kinds.get(random.nextInt(kinds.size())));
    }
    runFor(2 * bounds.detectionNs() + bounds.adoptionNs());
  }

  private void chaos() {
    double units = CHAOS_UNITS_MIN + random.nextDouble() * (CHAOS_UNITS_MAX - CHAOS_UNITS_MIN);
    double intensity = Math.exp(random.nextDouble() * Math.log(INTENSITY_MIN));
    long endNs = simulation.nowNs() + (long) (units * unitNs);
    scenario.faults().forEach((kind, rate) -> plan(kind, rate * intensity, endNs));
    simulation.runUntil(endNs);
  }

  private void plan(FaultKind kind, double rate, long endNs) {
    double units = -Math.log(1 - random.nextDouble()) / rate;
    long atNs = simulation.nowNs() + Math.max(MICROSECONDS, (long) (units * unitNs));
    if (atNs < endNs) {
      simulation.at(
          atNs,
          () -> {
            faults.inject(kind);
            plan(kind, rate, endNs);
          });
    }
  }

  private void runFor(long ns) {
    simulation.runUntil(simulation.nowNs() + ns);
  }

  private Outcome outcome() {
    return new Outcome(
        scenario.name(),
        profile,
        seed,
        Duration.ofNanos(simulation.nowNs()),
        rounds,
        simulation.count(),
        scope.network().traffic().messages(),
        scope.network().traffic().bytes(),
        faults.counts(),
        checker.checks(),
        List.copyOf(violations));
  }
}
