package io.rserpool.bench.wire;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the benchmarks of the codec and prints one table: nanoseconds of processor time, and bytes
/// allocated. Takes JMH's options.
public final class WireTable {

  private static final String FORMAT = "%-32s %6s | %10s %10s | %10s %10s%n";

  private WireTable() {}

  /// Runs and prints.
  public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
    Options options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(arguments))
            .include(RegistrationBenchmark.class.getName() + "\\.")
            .include(ResponseBenchmark.class.getName() + "\\.")
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .build();
    Map<String, RunResult> results = new TreeMap<>();
    for (RunResult result : new Runner(options).run()) {
      String name = result.getParams().getBenchmark();
      String operation = name.substring(name.lastIndexOf('.') + 1);
      results.put(operation + result.getParams().getParam("elements"), result);
    }
    System.out.printf(FORMAT, "", "bytes", "encode ns", "allocated", "decode ns", "allocated");
    print("registration", Samples.CODEC.encode(Samples.registration()).length, results, "null");
    for (int elements : Samples.RESPONSES) {
      print(
          "response with " + elements + (elements == 1 ? " element" : " elements"),
          Samples.CODEC.encode(Samples.response(elements)).length,
          results,
          "" + elements);
    }
  }

  private static void print(String what, int size, Map<String, RunResult> results, String key) {
    RunResult encode = results.get("encode" + key);
    RunResult decode = results.get("decode" + key);
    if (encode != null && decode != null) {
      System.out.printf(
          FORMAT, what, size, time(encode), allocated(encode), time(decode), allocated(decode));
    }
  }

  private static String time(RunResult result) {
    return "%.0f".formatted(score(result, "iterationNanoseconds") / score(result, "operations"));
  }

  private static String allocated(RunResult result) {
    return "%.0f".formatted(score(result, "gc.alloc.rate.norm"));
  }

  private static double score(RunResult result, String name) {
    Result<?> counter = Objects.requireNonNull(result.getSecondaryResults().get(name), name);
    return counter.getScore();
  }
}
