package io.rserpool.bench.handlespace;

import io.rserpool.bench.handlespace.Subject.Kind;
import io.rserpool.bench.handlespace.Workload.Choice;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the handlespace benchmarks and prints one table: millions of operations per second of
/// processor time, and in brackets how many times the red-black-tree handlespace of the same run
/// that is. Takes JMH's options, to choose policies and sizes or a quick run.
public final class HandlespaceTable {

  private static final List<String> COLUMNS =
      List.of("register", "reregister", "resolveOne", "resolveThree", "cycle", "deregister");

  private HandlespaceTable() {}

  /// Runs and prints.
  public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
    printMemory();
    Options options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(arguments))
            .include(HandlespaceSteady.class.getName() + "\\.")
            .include(HandlespaceFilling.class.getName() + "\\.")
            .verbosity(VerboseMode.SILENT)
            .build();
    printSpeed(new Runner(options).run());
  }

  private static void printMemory() {
    System.out.println("Bytes per element at 100,000 elements, with the element's own values");
    System.out.printf("%-8s %8s %8s %8s%n", "policy", "ours", "tree", "values");
    for (Choice choice : Choice.values()) {
      System.out.printf(
          "%-8s %8d %8d %8d%n",
          choice,
          HandlespaceMemory.bytesPerElement(Kind.OURS, choice),
          HandlespaceMemory.bytesPerElement(Kind.TREE, choice),
          HandlespaceMemory.bytesPerValue(choice));
    }
  }

  private static void printSpeed(Collection<RunResult> results) {
    Map<String, Double> nanoseconds = new TreeMap<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      nanoseconds.put(
          key(
              name.substring(name.lastIndexOf('.') + 1),
              result.getParams().getParam("policy"),
              result.getParams().getParam("size"),
              result.getParams().getParam("subject")),
          nanosecondsPerOperation(result));
    }
    System.out.println();
    System.out.println("Millions per second on one processor (times the tree's)");
    System.out.printf("%-6s %7s", "policy", "size");
    COLUMNS.forEach(column -> System.out.printf(" %16s", column));
    System.out.println();
    for (Choice choice : Choice.values()) {
      for (int size = 10; size <= 100_000; size *= 10) {
        printRow(nanoseconds, choice.name(), String.valueOf(size));
      }
    }
  }

  /// Processor time: of the measured part alone where the rest of an iteration is preparation.
  private static double nanosecondsPerOperation(RunResult result) {
    double measured = score(result, "nanoseconds");
    return (measured > 0 ? measured : score(result, "iterationNanoseconds"))
        / score(result, "operations");
  }

  private static double score(RunResult result, String name) {
    Result<?> counter = Objects.requireNonNull(result.getSecondaryResults().get(name), name);
    return counter.getScore();
  }

  private static void printRow(Map<String, Double> nanoseconds, String policy, String size) {
    List<String> cells =
        COLUMNS.stream()
            .map(column -> {
              Double ours = nanoseconds.get(key(column, policy, size, Kind.OURS.name()));
              Double tree = nanoseconds.get(key(column, policy, size, Kind.TREE.name()));
              return ours == null
                  ? ""
                  : "%.2f".formatted(1000 / ours)
                      + (tree == null ? "" : " (%.1f)".formatted(tree / ours));
            })
            .toList();
    if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
      System.out.printf("%-6s %7s", policy, size);
      cells.forEach(cell -> System.out.printf(" %16s", cell));
      System.out.println();
    }
  }

  private static String key(String... parts) {
    return String.join("/", Arrays.asList(parts));
  }
}
