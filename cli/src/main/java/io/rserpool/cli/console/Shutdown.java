package io.rserpool.cli.console;

/// What is still to be done when the program ends, also by SIGINT or SIGTERM.
public final class Shutdown {
  private Shutdown() {}

  /// Does something when the program ends, for whatever reason; it should take no longer than a
  /// second or two, since somebody waits for it.
  public static void atEnd(Runnable action) {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("at-end").unstarted(action));
  }

  /// Waits until a signal ends the program; never returns normally.
  public static int waitForSignal() {
    try {
      Thread.sleep(java.time.Duration.ofMillis(Long.MAX_VALUE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }
}
