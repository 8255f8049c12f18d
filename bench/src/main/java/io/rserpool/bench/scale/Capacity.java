package io.rserpool.bench.scale;

import io.rserpool.bench.requests.Loops;
import io.rserpool.bench.requests.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/// The most elements that one processor watches at the one-second interval of profile `standard`:
/// with the monitoring budget out of the way, more and more of them, until keep-alives slip. Every
/// step has a registrar of its own.
///
/// Arguments: elements of the first step (default 10000).
public final class Capacity {

  private static final int ASSOCIATIONS = 1_000;
  private static final int FIRST = 10_000;
  private static final double GROWTH = 1.4;
  private static final int BISECTIONS = 2;
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final Duration REGISTRATION_TIME_MAX = Duration.ofMinutes(1);

  /// The longest interval with jitter, and what a registrar itself takes for being late.
  private static final double GAP_S_MAX = 1.05 + 0.04;

  private Capacity() {}

  /// Runs everything and prints a table.
  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.printf(
        "%s, JDK %s, %d processors%n",
        Loops.describe(), Runtime.version(), Runtime.getRuntime().availableProcessors());
    System.out.printf(
        "%9s %9s | %9s %9s | %8s %8s %8s | %7s |%n",
        "elements", "msgs/s", "registrar", "elements", "gap p50", "p99", "max s", "probes");
    int good = 0;
    int bad = args.length > 0 ? Integer.parseInt(args[0]) : FIRST;
    while (bad / ASSOCIATIONS <= Layout.SLOTS_MAX && sustains(bad)) {
      good = bad;
      bad = rounded(bad * GROWTH);
    }
    for (int i = 0; i < BISECTIONS; i++) {
      int middle = rounded((good + bad) / 2.0);
      if (sustains(middle)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    System.out.printf("sustained: %d elements, not any more: %d%n", good, bad);
  }

  private static int rounded(double elements) {
    return (int) Math.round(elements / ASSOCIATIONS) * ASSOCIATIONS;
  }

  private static boolean sustains(int elements) throws IOException, InterruptedException {
    try (ServerProcess registrar =
            ServerProcess.registrarOnOneProcessor(
                Overrides.arguments("monitoring-budget: 2000000"));
        Population population =
            new Population(registrar.port(), ASSOCIATIONS, elements / ASSOCIATIONS, INTERVAL)) {
      population.awaitRegistered(REGISTRATION_TIME_MAX);
      Thread.sleep(WARM_UP);
      Duration before = registrar.processorTime();
      Population.Observation seen = population.observe(TIME);
      double share = (double) registrar.processorTime().minus(before).toMillis() / TIME.toMillis();
      Histogram gaps = seen.gapsNs();
      boolean good = gaps.getValueAtPercentile(99) / 1e9 <= GAP_S_MAX && population.isHealthy();
      System.out.printf(
          "%9d %9.0f | %9.2f %9.2f | %8.3f %8.3f %8.3f | %7d | %s%n",
          elements,
          2e9 * gaps.getTotalCount() / TIME.toNanos(),
          share,
          seen.clientShare(),
          gaps.getValueAtPercentile(50) / 1e9,
          gaps.getValueAtPercentile(99) / 1e9,
          gaps.getMaxValue() / 1e9,
          seen.probes(),
          good ? "good" : population.isHealthy() ? "late" : population.trouble());
      return good;
    }
  }
}
