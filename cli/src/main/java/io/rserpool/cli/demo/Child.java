package io.rserpool.cli.demo;

import io.rserpool.cli.console.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A process of the demonstration, with what it prints kept in a file.
record Child(String name, Process process, Path log) {

  /// Waits until it has printed something.
  ///
  /// @param deadlineNs by [System#nanoTime]
  MatchResult await(Pattern wanted, long deadlineNs) {
    while (true) {
      Optional<MatchResult> found = wanted.matcher(printed()).results().findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      if (!process.isAlive() || System.nanoTime() - deadlineNs > 0) {
        String why = process.isAlive() ? "is not ready in time" : "ended at once";
        throw CommandFailure.failed(name + " " + why + ". It printed:\n" + printed().strip());
      }
      pause();
    }
  }

  /// Kills it by SIGKILL, which no process survives, stopped or not.
  void kill() {
    process.destroyForcibly();
  }

  /// Freezes it by SIGSTOP: it does nothing from then on, and its connections stay open.
  ///
  /// @return whether this system can do that
  boolean freeze() {
    try {
      Process kill =
          new ProcessBuilder(List.of("kill", "-STOP", Long.toString(process.pid()))).start();
      return kill.waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// All that it has printed so far.
  String printed() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
  }
}
