package io.rserpool.cli.doctor;

import io.rserpool.net.sctp.SctpStack;
import io.rserpool.net.sctp.SctpStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the machine and its Java have to offer.
final class MachineChecks {
  private static final int JAVA_NEEDED = 25;
  private static final Duration CLOCK_TRIAL = Duration.ofMillis(200);
  private static final long CLOCK_TOLERANCE_MS = 100;
  private static final long FILES_WANTED = 10_000;

  // This program cannot run before it was written.
  private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PLAUSIBLE = Duration.ofDays(50 * 365L);

  private MachineChecks() {}

  static Finding java() {
    Runtime.Version version = Runtime.version();
    String text = version + " (" + System.getProperty("java.vendor") + ")";
    return version.feature() >= JAVA_NEEDED
        ? Finding.ok("java", text)
        : Finding.problem("java", text, "rserpool needs Java " + JAVA_NEEDED + " or later");
  }

  /// The monotonic clock must run, and run as fast as the time of day does.
  static Finding monotonicClock() {
    Instant begin = Instant.now();
    long beginNs = System.nanoTime();
    long lastNs = beginNs;
    while (lastNs - beginNs < CLOCK_TRIAL.toNanos()) {
      long nowNs = System.nanoTime();
      if (nowNs < lastNs) {
        return Finding.problem(
            "clock",
            "the monotonic clock ran backwards by " + (lastNs - nowNs) + " ns",
            "choose another clock source for this (virtual) machine");
      }
      lastNs = nowNs;
      Thread.onSpinWait();
    }
    long differenceMs =
        Duration.between(begin, Instant.now()).minus(Duration.ofNanos(lastNs - beginNs)).toMillis();
    return Math.abs(differenceMs) < CLOCK_TOLERANCE_MS
        ? Finding.ok("clock", "the monotonic clock runs evenly")
        : Finding.warn(
            "clock",
            "time of day and monotonic clock part by " + differenceMs + " ms in a moment",
            "somebody sets the time now, or this machine was suspended; look at its time service");
  }

  /// Protocol timers do not use the time of day; logs and certificates do.
  static Finding timeOfDay() {
    Instant now = Instant.now();
    return now.isAfter(WRITTEN) && now.isBefore(WRITTEN.plus(PLAUSIBLE))
        ? Finding.ok("time of day", now.toString())
        : Finding.warn(
            "time of day",
            now + " cannot be right",
            "set it: certificates and logs depend on it; timers do not");
  }

  /// All works over TCP, so whatever is missing here is no reason to worry.
  static Finding sctp() {
    List<String> findings = new ArrayList<>();
    for (SctpStack stack : SctpStacks.installed()) {
      findings.add(
          stack.scheme() + ":// " + stack.obstacle().map(why -> "not: " + why).orElse("works"));
    }
    return Finding.ok("sctp", String.join("; ", findings));
  }

  /// Each connection takes a file descriptor.
  static Finding openFiles() {
    Optional<String> limit = openFilesLimit();
    if (limit.isEmpty()) {
      return Finding.ok("open files", "this system does not tell its limit");
    }
    if (limit.get().equals("unlimited") || Long.parseLong(limit.get()) >= FILES_WANTED) {
      return Finding.ok("open files", limit.get() + " at most");
    }
    return Finding.warn(
        "open files",
        limit.get() + " at most, and each connection takes one",
        "before a large registrar, raise it: ulimit -n 65536");
  }

  private static Optional<String> openFilesLimit() {
    try (var lines = Files.lines(Path.of("/proc/self/limits"))) {
      return lines
          .filter(line -> line.startsWith("Max open files"))
          .map(line -> line.substring("Max open files".length()).strip().split("\\s+")[0])
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
