package io.rserpool.cli.services;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ElementNamesOption;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Names;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.cli.console.SessionOption;
import io.rserpool.cli.console.Shutdown;
import io.rserpool.cli.console.StatusOption;
import io.rserpool.cli.console.TimeConverter;
import io.rserpool.client.ClosedException;
import io.rserpool.client.PoolUser;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.calculation.CalculationClient;
import io.rserpool.services.calculation.CalculationOptions;
import io.rserpool.services.calculation.CalculationResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Has a pool calculate jobs.
@Command(
    name = "calculate",
    header = "Have a calculation pool calculate jobs, and see how long they take.",
    description =
        "Makes jobs at random times and of random sizes, both negative exponential, and has one"
            + " after the other calculated. When the element at work fails, another one goes on:"
            + " over SCTP, which has cookies, where the last cookie says, else from the beginning."
            + " Works with servers of rsplib, too.",
    footer = {
      "",
      "Example:",
      "  $ rserpool calculate --registrar sctp://10.0.0.1 --jobs 1 --seed 7",
      "  job 1: 4803311 calculations, 1 waiting",
      "  job 1: accepted by element 0xd5628838",
      "  job 1: moved from element 0xd5628838 (connection reset) to 0x6b106b51 at"
          + " sctp://10.0.0.7:33961, with its cookie",
      "  job 1: accepted by element 0x6b106b51",
      "  job 1: complete; queuing 0.001 s, start-up 0.012 s, processing 5.102 s, 939064"
          + " calculations/s",
      "  1 job, 939064 calculations/s in the mean"
    })
public final class CalculateCommand implements Callable<Integer> {
  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Parameters(
      paramLabel = "POOL",
      arity = "0..1",
      converter = Names.Pool.class,
      defaultValue = "CalcAppPool",
      description = "The pool's handle. Default: ${DEFAULT-VALUE}.")
  private PoolHandle pool = PoolHandle.of("CalcAppPool");

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "0",
      description = "How many jobs. Default: until Ctrl-C.")
  private long jobs;

  @Option(
      names = "--job-interval",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "15s",
      description = "From one new job to the next, in the mean. Default: ${DEFAULT-VALUE}.")
  private Duration jobInterval = Duration.ofSeconds(15);

  @Option(
      names = "--job-size",
      paramLabel = "N",
      defaultValue = "5000000",
      description = "Calculations of a job, in the mean. Default: ${DEFAULT-VALUE}.")
  private double jobSize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed makes the same jobs. Default: chosen at random.")
  private @Nullable Long seed;

  @Option(
      names = "--keep-alive-interval",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "5s",
      description =
          "An element is asked whether it lives after so long. Default: ${DEFAULT-VALUE}.")
  private Duration keepAliveInterval = Duration.ofSeconds(5);

  @Option(
      names = "--keep-alive-timeout",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      defaultValue = "5s",
      description = "An element that answers no sooner has failed. Default: ${DEFAULT-VALUE}.")
  private Duration keepAliveTimeout = Duration.ofSeconds(5);

  @Mixin private final SessionOption security = new SessionOption();

  @Mixin private final ElementNamesOption names = new ElementNamesOption();

  @Mixin private final StatusOption status = new StatusOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public CalculateCommand() {}

  @Override
  public Integer call() {
    CalculationOptions options = options();
    PrintWriter out = spec.commandLine().getOut();
    Long given = seed;
    RandomGenerator random = given == null ? new SplittableRandom() : new SplittableRandom(given);
    try (PoolUser user = PoolUser.open(status.of(security.of(names.of(registrar.scope()))))) {
      Shutdown.atEnd(user::close);
      List<CalculationResult> results =
          CalculationClient.run(
              user, pool, SessionOptions.defaults(), options, new JobReport(out), random);
      double speed =
          results.stream().mapToDouble(CalculationResult::speed).average().orElse(Double.NaN);
      out.printf(
          Locale.ROOT,
          "%d %s, %.0f calculations/s in the mean%n",
          results.size(),
          results.size() == 1 ? "job" : "jobs",
          speed);
    } catch (ClosedException _) {
      // The program ends.
    }
    return ExitCode.OK;
  }

  private CalculationOptions options() {
    try {
      return CalculationOptions.defaults()
          .withJobs(jobInterval, jobSize, jobs)
          .withKeepAlives(keepAliveInterval, keepAliveTimeout);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.mistaken(String.valueOf(e.getMessage()), e);
    }
  }
}
