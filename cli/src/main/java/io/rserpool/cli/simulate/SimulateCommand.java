package io.rserpool.cli.simulate;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Screen;
import io.rserpool.cli.console.Shutdown;
import io.rserpool.protocol.Profile;
import io.rserpool.sim.Trace;
import io.rserpool.sim.scenario.Run;
import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Simulates whole scopes.
@Command(
    name = "simulate",
    header = "Simulate whole scopes under faults, and check what must always hold.",
    description = {
      "Runs the registrars, elements and users of a scope in virtual time, with the very code that"
          + " runs in production, while processes die and pause, links lose and break, and the"
          + " scope falls apart and heals. Invariants are checked after every event. A seed decides"
          + " everything: the same scenario, profile and seed give the same run.",
      "",
      "Ends with 1 if an invariant was violated; each violation comes with the command that replays"
          + " it. A trace has one line for each event, in four columns: virtual time in seconds,"
          + " process (pr registrar, pe element, pu user, - the world), kind, and what happened."
    },
    footer = {
      "",
      "Examples:",
      "  $ rserpool simulate",
      "  $ rserpool simulate --scenario partitions --profile rfc --seeds 1000",
      "  $ rserpool simulate --scenario crashes --seed 4711 --trace | less",
      "  $ rserpool simulate --profile all --hours 8"
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final long SEEDS_DEFAULT = 20;
  private static final long SEEDS_MAX = 1_000_000_000;
  private static final int MINUTES_MAX = 1_000_000;
  private static final double HOURS_MAX = 10_000;
  private static final int JOBS_MAX = 1_024;

  /// The virtual time of a seed, in the profile's units: 20 minutes in `standard`.
  private static final long UNITS = 1_200;

  private static final double NS_PER_HOUR = 3_600e9;
  private static final long LAST_WORDS_S = 2;

  /// Whether somebody still reads a trace is asked so rarely, since it takes time.
  private static final int LINES_BETWEEN_CHECKS = 1_000;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      converter = Scenarios.Converter.class,
      completionCandidates = Scenarios.Names.class,
      defaultValue = Scenarios.ALL,
      description =
          "What goes wrong: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, one after the"
              + " other.")
  private Scenarios scenarios = Scenarios.all();

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      converter = Profiles.Converter.class,
      completionCandidates = Profiles.Names.class,
      defaultValue = "standard",
      description =
          "The scope's profile: standard, rfc or rsplib, or all of them in turn. Default:"
              + " ${DEFAULT-VALUE}.")
  private Profiles profiles = Profiles.of(Profile.STANDARD);

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "The first seed. Default: a fresh one, which is printed. Without --seeds and --hours only"
              + " this one is run.")
  private @Nullable Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "How many seeds, counting up. Default: "
              + SEEDS_DEFAULT
              + ", or one for each scenario in each profile if these are more.")
  private @Nullable Long seeds;

  @Option(
      names = "--hours",
      paramLabel = "H",
      description =
          "Go on with further seeds for so many hours of real time, such as 8 or 0.5; Ctrl-C ends"
              + " it earlier, with the summary.")
  private @Nullable Double hours;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description =
          "The virtual time of each seed. Default: 20 in standard, 100 in rsplib, 600 in rfc.")
  private @Nullable Integer minutes;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many seeds are run at a time. Default: one for each processor.")
  private @Nullable Integer jobs;

  @Option(names = "--trace", description = "Print a line for each event of one seed.")
  private boolean trace;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final long beginNs = System.nanoTime();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean isStopped;

  /// Lines of the trace, by the one thread that runs it.
  private long printed;

  /// For the command line.
  public SimulateCommand() {}

  @Override
  public Integer call() {
    requireRange("--seeds", seeds, 1, SEEDS_MAX);
    requireRange("--minutes", minutes, 1, MINUTES_MAX);
    requireRange("--jobs", jobs, 1, JOBS_MAX);
    requireRange("--hours", hours, Math.nextUp(0.0), HOURS_MAX);
    if (seeds != null && hours != null) {
      throw CommandFailure.mistaken(
          "option --hours goes on until the time is over, so it does not go together with --seeds "
              + seeds);
    }
    long count = count();
    if (trace && (count != 1 || kinds() != 1)) {
      throw CommandFailure.mistaken(
          "option --trace needs one scenario, one profile and one seed: name them by --scenario,"
              + " --profile and --seed");
    }
    Shutdown.atEnd(this::stop);
    try {
      return run(count);
    } finally {
      end.countDown();
    }
  }

  private long count() {
    Long given = seeds;
    if (given != null) {
      return given;
    }
    if (hours != null) {
      return Long.MAX_VALUE;
    }
    return seed == null ? Math.max(SEEDS_DEFAULT, kinds()) : 1;
  }

  /// A scenario in one profile is of another kind than in another one.
  private int kinds() {
    return scenarios.list().size() * profiles.list().size();
  }

  private int run(long count) {
    PrintWriter out = spec.commandLine().getOut();
    Long given = seed;
    Tally tally = new Tally(minutes == null ? "" : " --minutes " + minutes);
    long first = given == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : given;
    if (trace) {
      PrintWriter lines = new PrintWriter(new BufferedWriter(out));
      campaign(first, count, Trace.to(line -> print(line, lines))).run(this::goesOn, tally::add);
      lines.flush();
    } else {
      Screen screen = Screen.of(out);
      screen.say(
          "Simulating %s, profile %s, seeds from %d on ...".formatted(scenarios, profiles, first));
      campaign(first, count, Trace.OFF)
          .run(
              this::goesOn,
              outcome -> {
                tally.add(outcome);
                screen.progress(share((double) tally.seeds() / count), tally.describe());
                if (!outcome.isGood()) {
                  screen.say(tally.describe(outcome));
                }
              });
      screen.endProgress();
    }
    out.println();
    tally.print(Duration.ofNanos(System.nanoTime() - beginNs), out);
    out.flush();
    return tally.isGood() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Campaign campaign(long first, long count, Trace to) {
    Integer wanted = jobs;
    int processors = Runtime.getRuntime().availableProcessors();
    int parallel = wanted == null ? processors : wanted;
    return new Campaign(
        scenarios.list(),
        profiles.list(),
        first,
        count,
        this::duration,
        to,
        (int) Math.min(parallel, count));
  }

  /// The virtual time of a seed.
  private Duration duration(Profile profile) {
    Integer given = minutes;
    return given == null
        ? Duration.ofNanos(UNITS * Run.unitNs(profile))
        : Duration.ofMinutes(given);
  }

  private void print(String line, PrintWriter lines) {
    lines.println(line);
    if (++printed % LINES_BETWEEN_CHECKS == 0 && lines.checkError()) {
      isStopped = true;
    }
  }

  private boolean goesOn() {
    return !isStopped && (hours == null || share(0) < 1);
  }

  /// How far it is: by the time, if that decides, or else by the seeds.
  private double share(double ofSeeds) {
    Double limit = hours;
    return limit == null
        ? ofSeeds
        : Math.min(1, (System.nanoTime() - beginNs) / (limit * NS_PER_HOUR));
  }

  /// Ends early, and lets the summary be printed before the process ends.
  private void stop() {
    isStopped = true;
    try {
      boolean _ = end.await(LAST_WORDS_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void requireRange(String option, @Nullable Number given, double min, double max) {
    if (given != null && !(given.doubleValue() >= min && given.doubleValue() <= max)) {
      throw CommandFailure.mistaken(
          "option %s is a number from %s to %.0f, but this is %s"
              .formatted(option, min < 1 ? "more than 0" : "1", max, given));
    }
  }
}
