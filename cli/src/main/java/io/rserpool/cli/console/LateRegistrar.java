package io.rserpool.cli.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Says why no registrar is found, once, for commands that wait for one as long as it takes.
public final class LateRegistrar implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final CountDownLatch found = new CountDownLatch(1);

  private LateRegistrar() {}

  /// Begins to wait.
  ///
  /// @param option the registrars
  /// @param err where it is said
  /// @param command who says it
  public static LateRegistrar await(RegistrarOption option, PrintWriter err, String command) {
    LateRegistrar late = new LateRegistrar();
    Thread.ofVirtual().name("late-registrar").start(() -> late.run(option, err, command));
    return late;
  }

  private void run(RegistrarOption option, PrintWriter err, String command) {
    try {
      if (found.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      String why = NoAnswer.explain(option);
      if (found.getCount() > 0) {
        err.println(command + ": " + why + " Meanwhile it goes on looking.");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (CommandFailure _) {
      // The files of TLS are unusable by now; nothing is known of registrars then.
    }
  }

  /// A registrar was found, or nobody waits any more.
  public void found() {
    found.countDown();
  }

  @Override
  public void close() {
    found();
  }
}
