package io.rserpool.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Ends a command as Ctrl-C does. A shell that is not interactive lets its background processes, and
/// all that they start, ignore SIGINT; there it is SIGTERM that ends it.
final class Interruption {

  private static final int SIGINT = 2;
  private static final int EXIT_CODE_INT = 130;
  private static final int EXIT_CODE_TERM = 143;

  private Interruption() {}

  /// Sends the signal.
  ///
  /// @return the exit code to expect
  static int of(CliProcess process) throws IOException {
    if (ignoresInterrupt(process)) {
      System.out.println(
          "SIGINT is ignored by " + process + ", as its parent has it: SIGTERM is sent instead");
      process.signal("TERM");
      return EXIT_CODE_TERM;
    }
    process.signal("INT");
    return EXIT_CODE_INT;
  }

  private static boolean ignoresInterrupt(CliProcess process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return false; // Not Linux.
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), 16))
        .anyMatch(ignored -> (ignored >>> (SIGINT - 1) & 1) == 1);
  }
}
