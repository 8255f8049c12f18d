package io.rserpool.bench.small;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs the tools of the JDK.
final class Commands {

  private Commands() {}

  /// What a command prints.
  static String output(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(command.getFirst() + " ended with " + status + ": " + output);
    }
    return output;
  }
}
