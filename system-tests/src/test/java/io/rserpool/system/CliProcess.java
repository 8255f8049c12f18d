package io.rserpool.system;

import io.rserpool.client.SourceRelay;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of the packaged command line, as a process of its own.
final class CliProcess implements AutoCloseable {
  /// Far longer than anything takes on a busy machine; only a failing test waits so long.
  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final String OWN_CLASSES = origin(CliProcess.class);

  /// What the tests of other modules lend.
  private static final String LENT_CLASSES = origin(SourceRelay.class);

  private final String name;
  private final Process process;
  private final Transcript out;
  private final Transcript err;

  private CliProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.out = Transcript.of(name + " (stdout)", process.getInputStream());
    this.err = Transcript.of(name + " (stderr)", process.getErrorStream());
  }

  /// Starts a command.
  static CliProcess start(String... arguments) {
    return start(List.of(), List.of(), arguments);
  }

  /// Starts a command.
  ///
  /// @param before what stands before `java`, such as a command that enters a network namespace
  /// @param jvmOptions further options of the virtual machine
  static CliProcess start(List<String> before, List<String> jvmOptions, String... arguments) {
    String name = "rserpool " + String.join(" ", arguments);
    List<String> main = List.of(classPath(), "io.rserpool.cli.Main");
    return start(name, before, jvmOptions, main, arguments);
  }

  /// Starts a program of these tests.
  static CliProcess start(List<String> before, Class<?> program, String... arguments) {
    return start(before, List.of(), program, arguments);
  }

  /// Starts a program of these tests in a virtual machine with further options.
  static CliProcess start(
      List<String> before, List<String> jvmOptions, Class<?> program, String... arguments) {
    String path = String.join(File.pathSeparator, classPath(), OWN_CLASSES, LENT_CLASSES);
    return start(nameOf(program, arguments), before, jvmOptions, main(path, program), arguments);
  }

  /// The same with nothing but these tests on the class path.
  static CliProcess startBare(List<String> jvmOptions, Class<?> program, String... arguments) {
    return start(
        nameOf(program, arguments), List.of(), jvmOptions, main(OWN_CLASSES, program), arguments);
  }

  private static String origin(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  private static String nameOf(Class<?> program, String... arguments) {
    return program.getSimpleName() + " " + String.join(" ", arguments);
  }

  private static List<String> main(String path, Class<?> program) {
    return List.of(path, program.getName());
  }

  private static CliProcess start(
      String name,
      List<String> before,
      List<String> jvmOptions,
      List<String> main,
      String... arguments) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(jvmOptions);
    command.add("-cp");
    command.addAll(main);
    command.addAll(List.of(arguments));
    try {
      return new CliProcess(name, new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    String dist = System.getProperty("rserpool.dist");
    return dist == null
        ? System.getProperty("java.class.path")
        : Path.of(dist, "lib", "*").toString();
  }

  /// Runs a command to its end, with nothing to read.
  static CliResult run(String... arguments) {
    try (CliProcess process = start(arguments)) {
      process.endInput();
      return process.result();
    }
  }

  /// What it prints on standard output.
  Transcript out() {
    return out;
  }

  /// What it prints on standard error.
  Transcript err() {
    return err;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Types a line.
  void type(String line) {
    try {
      OutputStream input = process.getOutputStream();
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " does not read:\n" + err.text(), e);
    }
  }

  /// Ends its standard input.
  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops reading what it prints.
  void closeOutput() {
    try {
      process.getInputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Kills it by SIGKILL and waits until it is gone.
  void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /// Sends a signal by its name, such as `STOP`.
  void signal(String signal) {
    Shell.run("kill", "-" + signal, Long.toString(process.pid()));
  }

  /// Waits until it has ended.
  int awaitExit() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(name + " does not end:\n" + out.text() + "\n" + err.text());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Waits until it has ended and all it printed was read.
  CliResult result() {
    int exitCode = awaitExit();
    return new CliResult(name, exitCode, out.awaitEnd(LIMIT), err.awaitEnd(LIMIT));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    return name;
  }
}
