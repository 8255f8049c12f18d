package io.rserpool.cli.simulate;

import io.rserpool.cli.console.Table;
import io.rserpool.protocol.Profile;
import io.rserpool.sim.fault.FaultKind;
import io.rserpool.sim.scenario.Outcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The sum of many outcomes. Safe for several threads.
final class Tally {
  private static final long SECONDS_PER_DAY = 86_400;
  private static final int SHOWN_MAX = 10;

  /// Some invariants look at something only when it happens, such as that an element is removed
  /// although it and the registrar were left in peace.
  private static final String NO_OCCASION = "0, nothing happened that it is about";

  private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
  private final SortedMap<String, Long> checks = new TreeMap<>();
  private final Map<Profile, Duration> byProfile = new EnumMap<>(Profile.class);
  private final Map<Profile, Long> seedsByProfile = new EnumMap<>(Profile.class);
  private final List<Outcome> bad = new ArrayList<>();
  private final String replayOptions;
  private Duration simulated = Duration.ZERO;
  private long seeds;
  private long rounds;
  private long events;
  private long messages;
  private long bytes;

  /// @param replayOptions what a replay needs beside scenario, profile and seed
  Tally(String replayOptions) {
    this.replayOptions = replayOptions;
  }

  synchronized void add(Outcome outcome) {
    seeds++;
    simulated = simulated.plus(outcome.simulated());
    byProfile.merge(outcome.profile(), outcome.simulated(), Duration::plus);
    seedsByProfile.merge(outcome.profile(), 1L, Long::sum);
    rounds += outcome.rounds();
    events += outcome.events();
    messages += outcome.messages();
    bytes += outcome.bytes();
    outcome.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
    outcome.checks().forEach((invariant, count) -> checks.merge(invariant, count, Long::sum));
    if (!outcome.isGood()) {
      bad.add(outcome);
    }
  }

  synchronized long seeds() {
    return seeds;
  }

  synchronized boolean isGood() {
    return bad.isEmpty();
  }

  /// A few words on how far it is.
  synchronized String describe() {
    return "%s, %s simulated, %s"
        .formatted(count(seeds, "seed"), days(simulated), count(bad.size(), "violation"));
  }

  /// Prints everything.
  ///
  /// @param elapsed real time
  synchronized void print(Duration elapsed, PrintWriter out) {
    double seconds = Math.max(1e-3, elapsed.toMillis() / 1e3);
    Table sums = new Table("SIMULATED", days(simulated));
    byProfile.forEach((profile, time) ->
        sums.add(
            "  in " + profile,
            days(time) + ", " + count(seedsByProfile.getOrDefault(profile, 0L), "seed")));
    sums.add("seeds", number(seeds));
    sums.add("rounds", number(rounds));
    sums.add(
        "events", "%s, %s a second".formatted(number(events), number((long) (events / seconds))));
    sums.add("messages", "%s, %s bytes".formatted(number(messages), number(bytes)));
    sums.add(
        "real time",
        String.format(
            Locale.ROOT,
            "%.1f s, %.0f times faster, %.2f simulated days a minute",
            seconds,
            simulated.toSeconds() / seconds,
            simulated.toSeconds() / seconds * 60 / SECONDS_PER_DAY));
    sums.print(out, "");
    Table injected = new Table("FAULT", "INJECTED");
    faults.forEach((kind, count) -> injected.add(kind.toString(), number(count)));
    printUnless(faults.isEmpty(), injected, "no faults", out);
    Table checked = new Table("INVARIANT", "CHECKS");
    checks.forEach(
        (invariant, count) -> checked.add(invariant, count == 0 ? NO_OCCASION : number(count)));
    printUnless(checks.isEmpty(), checked, "nothing was checked", out);
    out.println();
    out.println(bad.isEmpty() ? "No violation." : count(bad.size(), "violation") + ":");
    bad.stream().limit(SHOWN_MAX).forEach(outcome -> out.println(describe(outcome)));
    if (bad.size() > SHOWN_MAX) {
      out.println("and " + number(bad.size() - SHOWN_MAX) + " more");
    }
  }

  /// What was found, and how to see it again.
  String describe(Outcome outcome) {
    return "%s %s seed %d: %s%n  replay: %s%s"
        .formatted(
            outcome.scenario(),
            outcome.profile(),
            outcome.seed(),
            outcome.violations().getFirst(),
            outcome.replay(),
            replayOptions);
  }

  private static void printUnless(boolean isEmpty, Table table, String otherwise, PrintWriter out) {
    out.println();
    if (isEmpty) {
      out.println(otherwise);
    } else {
      table.print(out, "");
    }
  }

  private static String days(Duration time) {
    long seconds = time.toSeconds();
    return seconds >= SECONDS_PER_DAY
        ? String.format(Locale.ROOT, "%.1f days", seconds / (double) SECONDS_PER_DAY)
        : String.format(Locale.ROOT, "%.1f hours", seconds / 3_600.0);
  }

  private static String count(long number, String what) {
    return number(number) + " " + what + (number == 1 ? "" : "s");
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
