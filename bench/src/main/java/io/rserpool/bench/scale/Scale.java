package io.rserpool.bench.scale;

import io.rserpool.bench.requests.Loops;
import io.rserpool.bench.requests.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/// One registrar with default settings and very many elements: memory and processor share at rest,
/// and the time until a subscribed user knows that a thousand elements are gone.
///
/// Arguments: associations (default 1000), elements on each (default 100).
public final class Scale {

  private static final int ASSOCIATIONS = 1_000;
  private static final int PER_ASSOCIATION = 100;
  private static final int VICTIMS = 1_000;

  /// Of profile `standard`: messages a second, and the shortest interval.
  private static final long MONITORING_BUDGET = 20_000;

  private static final Duration INTERVAL_MIN = Duration.ofSeconds(1);
  private static final Duration REGISTRATION_TIME_MAX = Duration.ofMinutes(2);
  private static final Duration RECOVERY = Duration.ofSeconds(3);

  private final int associations;
  private final int perAssociation;
  private final Duration interval;

  private Scale(int associations, int perAssociation) {
    this.associations = associations;
    this.perAssociation = perAssociation;
    Duration byBudget =
        Duration.ofSeconds(1)
            .multipliedBy(2L * associations * perAssociation)
            .dividedBy(MONITORING_BUDGET);
    this.interval = byBudget.compareTo(INTERVAL_MIN) > 0 ? byBudget : INTERVAL_MIN;
  }

  /// Runs everything and prints what was seen.
  public static void main(String[] args) throws IOException, InterruptedException {
    int associations = args.length > 0 ? Integer.parseInt(args[0]) : ASSOCIATIONS;
    int perAssociation = args.length > 1 ? Integer.parseInt(args[1]) : PER_ASSOCIATION;
    if (perAssociation < 1 || perAssociation > Layout.SLOTS_MAX) {
      throw new IllegalArgumentException(
          "an association has 1 to " + Layout.SLOTS_MAX + " elements, not " + perAssociation);
    }
    System.out.printf(
        "%s, JDK %s, %d processors%n",
        Loops.describe(), Runtime.version(), Runtime.getRuntime().availableProcessors());
    new Scale(associations, perAssociation).run();
  }

  private void run() throws IOException, InterruptedException {
    int elements = associations * perAssociation;
    try (ServerProcess registrar = ServerProcess.registrar()) {
      Footprint empty = Footprint.of(registrar);
      long startNs = System.nanoTime();
      try (Population population =
          new Population(registrar.port(), associations, perAssociation, interval)) {
        population.awaitRegistered(REGISTRATION_TIME_MAX);
        double seconds = (System.nanoTime() - startNs) / 1e9;
        System.out.printf(
            "%d elements on %d associations registered in %.1f s, %.0f/s%n",
            elements, associations, seconds, elements / seconds);
        rest(registrar, population);
        footprint(registrar, empty, elements);
        Thread.sleep(RECOVERY.plus(interval));
        deaths(registrar, population);
      }
    }
  }

  private void rest(ServerProcess registrar, Population population) throws InterruptedException {
    Thread.sleep(interval.multipliedBy(2));
    Duration before = registrar.processorTime();
    Duration time = interval.multipliedBy(2).plusSeconds(2);
    Population.Observation seen = population.observe(time);
    double share = (double) registrar.processorTime().minus(before).toMillis() / time.toMillis();
    System.out.printf(
        "at rest: %.3f of one processor; a keep-alive each %.1f s, seen after %s s; %d probes%n",
        share, interval.toMillis() / 1e3, seconds(seen.gapsNs()), seen.probes());
  }

  private static void footprint(ServerProcess registrar, Footprint empty, int elements)
      throws IOException {
    Footprint full = Footprint.of(registrar);
    System.out.printf(
        "memory: %d MiB resident (%d MiB without elements), %.1f MiB of live heap,"
            + " %d bytes of heap per element%n",
        full.residentMib(),
        empty.residentMib(),
        full.liveBytes() / 1_048_576.0,
        (full.liveBytes() - empty.liveBytes()) / elements);
  }

  private void deaths(ServerProcess registrar, Population population) throws InterruptedException {
    int victims = Math.max(1, VICTIMS / perAssociation);
    int expected = victims * perAssociation;
    Duration atMost = interval.multipliedBy(2).plusSeconds(10);
    try (Watcher watcher = new Watcher(registrar.port())) {
      watcher.begin();
      population.fallSilent(0, victims);
      report("silent at once", expected, watcher.await(expected, atMost));
      watcher.begin();
      population.breakOff(victims, 2 * victims);
      report("killed at once", expected, watcher.await(expected, atMost));
      if (!population.isHealthy()) {
        System.out.println(
            "not as it should be, the machine may be too busy: " + population.trouble());
      }
    }
  }

  private static void report(String what, int expected, Histogram goneNs) {
    System.out.printf(
        "%d elements %s: a subscribed user saw %d go; mean %.3f s, %s s%n",
        expected, what, goneNs.getTotalCount(), goneNs.getMean() / 1e9, seconds(goneNs));
  }

  private static String seconds(Histogram timesNs) {
    return "min %.3f p50 %.3f p99 %.3f max %.3f"
        .formatted(
            timesNs.getMinValue() / 1e9,
            timesNs.getValueAtPercentile(50) / 1e9,
            timesNs.getValueAtPercentile(99) / 1e9,
            timesNs.getMaxValue() / 1e9);
  }
}
