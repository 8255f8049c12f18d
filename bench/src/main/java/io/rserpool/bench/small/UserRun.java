package io.rserpool.bench.small;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One run of the program in a process of its own.
///
/// @param firstMs from the start of the process to the first answer; -1 if there was none
/// @param cpuMs processor time until the end
/// @param peakKib the most memory that the process has occupied
/// @param isDone whether every request was answered
record UserRun(double firstMs, long cpuMs, long peakKib, boolean isDone) {

  private static final int TIME_S_MAX = 60;

  /// The little that a small device has is best used with these.
  static final List<String> FRUGAL =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseCompactObjectHeaders");

  static UserRun of(Path java, List<String> options, Jars jars, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java.resolve("bin/java").toString()));
    command.addAll(FRUGAL);
    command.addAll(options);
    command.addAll(List.of("-cp", jars.classPath(), SmallUser.class.getName()));
    command.addAll(arguments);
    long startNs = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      Thread.ofVirtual().start(() -> endAfter(process));
      String first = output.readLine();
      double firstMs = "first".equals(first) ? (System.nanoTime() - startNs) / 1e6 : -1;
      String last = output.readLine();
      boolean isDone = process.waitFor() == 0 && last != null && last.startsWith("done ");
      Map<String, Long> figures = isDone ? figures(last) : Map.of();
      return new UserRun(
          firstMs,
          figures.getOrDefault("cpu-ms", 0L),
          figures.getOrDefault("peak-kib", 0L),
          isDone);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void endAfter(Process process) {
    try {
      if (!process.waitFor(TIME_S_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Long> figures(String line) {
    return Stream.of(line.split(" "))
        .filter(word -> word.contains("="))
        .map(word -> word.split("="))
        .collect(Collectors.toMap(pair -> pair[0], pair -> Long.valueOf(pair[1])));
  }
}
