package io.rserpool.bench.small;

import io.rserpool.bench.requests.ServerProcess;
import io.rserpool.bench.security.Papers;
import io.rserpool.net.tls.TlsEngine;
import io.rserpool.pki.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What a pool user costs where there is little: sizes on disk, time until the first answer of an element,
/// and the smallest heap it can live with, without TLS and with it.
///
/// Arguments: how many starts of each kind (default 11).
public final class Small {

  private static final int STARTS = 11;
  private static final int ROUNDS_OF_A_LIFE = 5_000;
  private static final int HEAP_MIB_MAX = 64;
  private static final int TRIALS = 3;

  /// How the registrar is called.
  private record Way(String name, String registrar, List<String> certificate) {}

  /// A Java and how it is started.
  private record Java(String name, Path home, List<String> options) {

    UserRun run(List<String> more, Jars jars, Way way, int rounds)
        throws IOException, InterruptedException {
      List<String> all = new ArrayList<>(options);
      all.addAll(more);
      List<String> arguments = new ArrayList<>(List.of(way.registrar(), "" + rounds));
      arguments.addAll(way.certificate());
      return UserRun.of(home, all, jars, arguments);
    }
  }

  private final Jars jars;
  private final Runtimes runtimes;
  private final Path folder;

  private Small(Jars jars, Runtimes runtimes, Path folder) {
    this.jars = jars;
    this.runtimes = runtimes;
    this.folder = folder;
  }

  /// Runs everything and prints tables.
  public static void main(String[] args) throws IOException, InterruptedException {
    int starts = args.length > 0 ? Integer.parseInt(args[0]) : STARTS;
    Path folder = Files.createTempDirectory("bench-small");
    try (Papers papers = new Papers();
        ServerProcess plain = ServerProcess.registrar();
        ServerProcess secured =
            ServerProcess.securedRegistrar(
                papers.caller(Role.USER, "bench", TlsEngine.JDK),
                papers.registrar("r", TlsEngine.JDK).toArray(String[]::new))) {
      String plainAt = "tcp://127.0.0.1:" + plain.port();
      String securedAt = "tls://127.0.0.1:" + secured.port();
      Process echo = echo("--registrar", plainAt);
      Process securedEcho =
          echo("--registrar", securedAt, "--tls", papers.issue(Role.ELEMENT, "echo").toString());
      try {
        Jars jars = Jars.in(folder.resolve("lib"));
        Small small = new Small(jars, Runtimes.make(folder, jars), folder);
        String user = papers.issue(Role.USER, "small").toString();
        List<Way> ways =
            List.of(new Way("plain", plainAt, List.of()), new Way("TLS", securedAt, List.of(user)));
        small.measure(ways, starts);
      } finally {
        echo.destroyForcibly();
        securedEcho.destroyForcibly();
      }
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static Process echo(String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("serve", "echo"));
    args.addAll(List.of(options));
    Process process = ServerProcess.java("io.rserpool.cli.Main", args.toArray(String[]::new));
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    if (line == null || !line.startsWith("serving")) {
      throw new IOException("the echo does not serve, but says: " + line);
    }
    return process;
  }

  private void measure(List<Way> ways, int starts) throws IOException, InterruptedException {
    jars.print();
    runtimes.print();
    List<Java> javas = new ArrayList<>();
    for (Java bare :
        List.of(
            new Java("JDK", runtimes.jdk(), List.of()),
            new Java("image", runtimes.image(), List.of()))) {
      javas.add(bare);
      javas.add(withCache(bare, ways.getLast()));
    }
    starts(javas, ways, starts);
    heaps(javas.getLast(), ways);
  }

  private Java withCache(Java bare, Way way) throws IOException, InterruptedException {
    Path cache = folder.resolve(bare.name() + ".aot");
    UserRun training = bare.run(List.of("-XX:AOTCacheOutput=" + cache), jars, way, 100);
    if (!training.isDone() || !Files.exists(cache)) {
      throw new IOException("no cache for the " + bare.name() + " was made: " + training);
    }
    System.out.printf("AOT cache for the %s: %,d KiB%n", bare.name(), Files.size(cache) / 1024);
    return new Java(
        bare.name() + ", AOT cache",
        bare.home(),
        List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
  }

  /// Each kind of start in turn, again and again: what slows the machine down slows all.
  private void starts(List<Java> javas, List<Way> ways, int count)
      throws IOException, InterruptedException {
    Map<String, List<UserRun>> runs = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      for (Java java : javas) {
        for (Way way : ways) {
          UserRun run = java.run(List.of(), jars, way, 1);
          if (!run.isDone()) {
            throw new IOException(java.name() + ", " + way.name() + ": no answer");
          }
          runs.computeIfAbsent(label(java, way), _ -> new ArrayList<>()).add(run);
        }
      }
    }
    System.out.printf(
        "%nstart, medians of %d               | first answer ms | of the first row | cpu ms | peak MiB%n",
        count);
    double reference = median(runs.values().iterator().next(), UserRun::firstMs);
    runs.forEach((label, all) ->
        System.out.printf(
            "%-34s | %15.0f | %16.2f | %6.0f | %8.1f%n",
            label,
            median(all, UserRun::firstMs),
            median(all, UserRun::firstMs) / reference,
            median(all, UserRun::cpuMs),
            median(all, UserRun::peakKib) / 1024));
  }

  private static String label(Java java, Way way) {
    return java.name() + ", " + way.name();
  }

  private static double median(List<UserRun> runs, ToDoubleFunction<UserRun> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /// The smallest heap with which every trial gets all its answers.
  private void heaps(Java java, List<Way> ways) throws IOException, InterruptedException {
    System.out.printf(
        "%nheap, %,d round trips of 100 bytes, %s | smallest -Xmx MiB | peak MiB there%n",
        ROUNDS_OF_A_LIFE, java.name());
    for (Way way : ways) {
      int heapMib = 1;
      double peakKib = peakWith(java, way, heapMib);
      while (peakKib == 0 && heapMib < HEAP_MIB_MAX) {
        heapMib++;
        peakKib = peakWith(java, way, heapMib);
      }
      System.out.printf("%-50s | %17d | %8.1f%n", way.name(), heapMib, peakKib / 1024);
    }
  }

  /// 0 if one of the trials fails.
  private double peakWith(Java java, Way way, int heapMib)
      throws IOException, InterruptedException {
    List<UserRun> runs = new ArrayList<>();
    for (int i = 0; i < TRIALS; i++) {
      UserRun run = java.run(List.of("-Xmx" + heapMib + "m"), jars, way, ROUNDS_OF_A_LIFE);
      if (!run.isDone()) {
        return 0;
      }
      runs.add(run);
    }
    return median(runs, UserRun::peakKib);
  }
}
