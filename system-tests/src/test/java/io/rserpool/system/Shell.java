package io.rserpool.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs small programs of the system.
final class Shell {
  private Shell() {}

  /// Runs a program and insists on its success.
  ///
  /// @return what it printed
  static String run(String... command) {
    Outcome outcome = attempt(command);
    if (outcome.exitCode() != 0) {
      throw new AssertionError(
          String.join(" ", command) + " ended with " + outcome.exitCode() + ": " + outcome.text());
    }
    return outcome.text();
  }

  /// Runs a program; one that does not exist ends with 127.
  static Outcome attempt(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), text);
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  /// How a program ended.
  record Outcome(int exitCode, String text) {}
}
