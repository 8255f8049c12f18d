package io.rserpool.registrar;

import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.net.file.FileStamp;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the policy file again when it changes. One with mistakes is not used: the old policy stays in
/// force, and the mistakes are logged once.
final class PolicyWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.registrar");

  private static final long LOOK_EVERY_S = 2;

  private final CountDownLatch end = new CountDownLatch(1);
  private final Path file;
  private final Consumer<AccessPolicy> onChange;
  private final Runnable onMistakes;
  private FileStamp seen;

  private PolicyWatch(Path file, Consumer<AccessPolicy> onChange, Runnable onMistakes) {
    this.file = file;
    this.onChange = onChange;
    this.onMistakes = onMistakes;
    this.seen = FileStamp.of(List.of(file));
  }

  /// Begins to look, if there is a file.
  ///
  /// @param onChange is told each new policy, on a thread of its own
  /// @param onMistakes is told that a new one is not used
  static PolicyWatch start(
      Security security, Consumer<AccessPolicy> onChange, Runnable onMistakes) {
    PolicyWatch watch =
        new PolicyWatch(
            security.policy().isEmpty() ? Path.of("") : security.policy().getFirst(),
            onChange,
            onMistakes);
    if (!security.policy().isEmpty()) {
      Thread.ofPlatform().daemon().name("registrar-policy").start(watch::run);
    }
    return watch;
  }

  private void run() {
    try {
      while (!end.await(LOOK_EVERY_S, TimeUnit.SECONDS)) {
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Takes a changed file into use.
  void look() {
    FileStamp now = seen.again();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      onChange.accept(PolicyFile.load(file));
      LOG.info("policy {} is in force as it is now", file);
    } catch (ConfigException e) {
      onMistakes.run();
      LOG.warn("policy {} has mistakes, the former one stays in force: {}", file, e.mistakes());
    }
  }

  @Override
  public void close() {
    end.countDown();
  }
}
