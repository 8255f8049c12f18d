package io.rserpool.bench.takeover;

import java.io.IOException;
import java.util.List;

/// Signals to processes that this program has started.
public final class Signals {

  private Signals() {}

  /// SIGSTOP: the process does nothing any more, and its connections stay open. It happens some
  /// milliseconds after the call, the time that a command needs to start.
  public static void freeze(Process process) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder(List.of("kill", "-STOP", Long.toString(process.pid()))).start();
    if (kill.waitFor() != 0) {
      throw new IOException("this system cannot freeze process " + process.pid());
    }
  }
}
