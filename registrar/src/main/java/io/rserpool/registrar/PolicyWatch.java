package io.rserpool.registrar;

import io.rserpool.engine.access.AccessPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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

  private record Stamp(FileTime modified, long size) {}

  private final CountDownLatch end = new CountDownLatch(1);
  private final Path file;
  private final Consumer<AccessPolicy> onChange;
  private List<Stamp> seen;

  private PolicyWatch(Path file, Consumer<AccessPolicy> onChange) {
    this.file = file;
    this.onChange = onChange;
    this.seen = stamp();
  }

  /// Begins to look, if there is a file.
  ///
  /// @param onChange is told each new policy, on a thread of its own
  static PolicyWatch start(Security security, Consumer<AccessPolicy> onChange) {
    PolicyWatch watch =
        new PolicyWatch(
            security.policy().isEmpty() ? Path.of("") : security.policy().getFirst(), onChange);
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
    List<Stamp> now = stamp();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      onChange.accept(PolicyFile.load(file));
      LOG.info("policy {} is in force as it is now", file);
    } catch (ConfigException e) {
      LOG.warn("policy {} has mistakes, the former one stays in force: {}", file, e.mistakes());
    }
  }

  /// Nothing while it cannot be looked at, as in the moment in which it is replaced.
  private List<Stamp> stamp() {
    try {
      return List.of(new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
    } catch (IOException _) {
      return List.of();
    }
  }

  @Override
  public void close() {
    end.countDown();
  }
}
