package io.rserpool.cli.demo;

import io.rserpool.cli.console.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The processes of the demonstration and their files; closing ends and removes all of them. Safe
/// for several threads, since a signal may end the demonstration at any moment.
final class Children implements AutoCloseable {
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path directory;
  private final List<Child> all = new ArrayList<>();
  private boolean isClosed;

  private Children(Path directory) {
    this.directory = directory;
  }

  static Children open() {
    try {
      return new Children(Files.createTempDirectory("rserpool-demo-"));
    } catch (IOException e) {
      throw CommandFailure.failed("cannot make a temporary directory: " + e.getMessage(), e);
    }
  }

  /// Makes an authority for them, whose files go when they go.
  synchronized Papers certified() {
    if (isClosed) {
      throw ended();
    }
    return Papers.Certified.make(directory.resolve("pki"));
  }

  private static CommandFailure ended() {
    return CommandFailure.failed("the demonstration is being ended");
  }

  /// Starts this program once more, with other arguments.
  ///
  /// @param more further arguments
  synchronized Child start(String name, List<String> more, String... arguments) {
    if (isClosed) {
      throw ended();
    }
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(JVM_OPTIONS);
    command.addAll(ahead());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.rserpool.cli.Main"));
    command.addAll(List.of(arguments));
    command.addAll(more);
    Path log = directory.resolve(name.replace(' ', '-') + ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Child child = new Child(name, process, log);
      all.add(child);
      return child;
    } catch (IOException e) {
      throw CommandFailure.failed("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  /// Kills what still lives, waits until it is gone, and removes all files.
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    all.forEach(Child::kill);
    all.forEach(child -> child.process().onExit().join());
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The store of ready-made classes that this process was started with, if any; it saves each
  /// child half of its start.
  private static List<String> ahead() {
    String[] own = ProcessHandle.current().info().arguments().orElse(new String[0]);
    return Stream.of(own)
        .filter(a -> a.startsWith("-XX:AOTCache=") || a.startsWith("-Xlog:"))
        .toList();
  }
}
