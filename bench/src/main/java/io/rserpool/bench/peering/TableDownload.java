package io.rserpool.bench.peering;

import io.rserpool.bench.report.Spread;
import io.rserpool.bench.requests.Loops;
import io.rserpool.bench.requests.ServerProcess;
import io.rserpool.bench.scale.Overrides;
import io.rserpool.bench.scale.Population;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A table of 100,000 elements is fetched from a mentor process: by registrars that have just been
/// started, each a process of its own, and by a bare reader; beside the same conversation, byte for
/// byte as long, with a bare echo.
///
/// Arguments: associations (1000), elements on each (100), repetitions (5).
public final class TableDownload {

  private static final int ASSOCIATIONS = 1_000;
  private static final int PER_ASSOCIATION = 100;
  private static final int REPETITIONS = 5;
  private static final int PENDING = 32;
  private static final Duration REGISTRATION_TIME_MAX = Duration.ofMinutes(2);
  private static final Duration NEWCOMER_TIME_MAX = Duration.ofSeconds(90);

  /// So rare that the mentor does hardly anything but give its table away.
  private static final Duration INTERVAL = Duration.ofMinutes(30);

  private final int repetitions;

  private TableDownload(int repetitions) {
    this.repetitions = repetitions;
  }

  /// Runs everything and prints a table.
  public static void main(String[] args) throws IOException, InterruptedException {
    int associations = args.length > 0 ? Integer.parseInt(args[0]) : ASSOCIATIONS;
    int perAssociation = args.length > 1 ? Integer.parseInt(args[1]) : PER_ASSOCIATION;
    int repetitions = args.length > 2 ? Integer.parseInt(args[2]) : REPETITIONS;
    System.out.printf(
        "%s, JDK %s, %d processors%n",
        Loops.describe(), Runtime.version(), Runtime.getRuntime().availableProcessors());
    String[] rare =
        Overrides.arguments(
            "keep-alive-interval: " + INTERVAL.toSeconds() + "s", "call-check: off");
    try (ServerProcess mentor = ServerProcess.registrar(rare);
        Population population =
            new Population(mentor.port(), associations, perAssociation, INTERVAL)) {
      population.awaitRegistered(REGISTRATION_TIME_MAX);
      new TableDownload(repetitions).measure(mentor, associations * perAssociation);
      population.requireHealth();
    }
  }

  private void measure(ServerProcess mentor, int elements)
      throws IOException, InterruptedException {
    Table first = Table.fetch(mentor.enrpPort());
    System.out.printf(
        "%d elements: %d pages of %d bytes on average, %d bytes; requests of %d bytes%n",
        first.elements().size(),
        first.pages(),
        first.pageSize(),
        first.bytes(),
        first.requestSize());
    require(elements, first.elements().size(), "the bare reader");
    PingPong same = new PingPong(first.requestSize(), first.pageSize(), first.pages());
    Spread newcomer = new Spread("fresh registrar");
    Spread processor = new Spread("fresh registrar, its processor time");
    Spread reader = new Spread("bare reader");
    Spread echo = new Spread("echo, page by page");
    Spread bulk = new Spread("echo, " + PENDING + " pages at once");
    try (ServerProcess server = same.server()) {
      same.ns(server, 1);
      for (int i = 0; i < repetitions; i++) {
        echo.add(same.ns(server, 1) / 1e9);
        bulk.add(same.ns(server, PENDING) / 1e9);
        newcomer(mentor, elements, first.pages(), newcomer, processor);
        Table table = Table.fetch(mentor.enrpPort());
        require(elements, table.elements().size(), "the bare reader");
        reader.add(table.seconds());
      }
    }
    System.out.println(processor);
    for (Spread spread : List.of(newcomer, reader, echo, bulk)) {
      System.out.printf(
          "%s; %.1f MB/s, %.1f times the echo page by page%n",
          spread, first.bytes() / 1e6 / spread.median(), spread.median() / echo.median());
    }
  }

  private static void newcomer(
      ServerProcess mentor, int elements, int pages, Spread seconds, Spread processor)
      throws IOException, InterruptedException {
    Process process = ServerProcess.java(Newcomer.class.getName(), "" + mentor.enrpPort());
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      if (line == null || !process.waitFor(NEWCOMER_TIME_MAX.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("expected a fresh registrar to tell how it fared, but saw " + line);
      }
      String[] words = line.split(" ", -1);
      require(elements, Integer.parseInt(words[1]), "the fresh registrar");
      if (Integer.parseInt(words[2]) != pages) {
        System.out.println("the fresh registrar needed " + words[2] + " pages");
      }
      seconds.add(Long.parseLong(words[0]) / 1e9);
      processor.add(Long.parseLong(words[3]) / 1e9);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void require(int expected, int seen, String who) {
    if (expected != seen) {
      throw new IllegalStateException(
          "expected " + who + " to have " + expected + " elements, but saw " + seen);
    }
  }
}
