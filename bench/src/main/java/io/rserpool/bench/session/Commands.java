package io.rserpool.bench.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Commands of the system.
final class Commands {

  private Commands() {}

  /// Runs one, given as words with single spaces between them.
  static void run(String words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(words.split(" ", -1))).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("'" + words + "' failed: " + output);
    }
  }
}
