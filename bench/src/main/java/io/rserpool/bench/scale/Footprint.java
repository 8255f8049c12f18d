package io.rserpool.bench.scale;

import io.rserpool.bench.requests.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// What a process needs.
///
/// @param residentMib memory that it occupies
/// @param liveBytes what is left of its heap after a full collection
record Footprint(long residentMib, long liveBytes) {

  /// Asks the process. It collects its garbage for that, and is away for some time.
  static Footprint of(ServerProcess server) throws IOException {
    long residentMib = server.residentKib() / 1_024;
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(
                List.of(jcmd.toString(), "" + server.process().pid(), "GC.class_histogram"))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      // The last line: the word Total, the number of objects, their bytes.
      String total =
          output
              .lines()
              .filter(line -> line.startsWith("Total"))
              .findFirst()
              .orElseThrow(() -> new IOException("expected jcmd to tell a total"));
      return new Footprint(residentMib, Long.parseLong(total.strip().split(" +")[2]));
    }
  }
}
