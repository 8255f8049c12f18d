package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A second process: a Java machine with the same classes.
final class Child implements AutoCloseable {

  private static final int PATIENCE_S = 60;
  private static final String MARK = "> ";

  private final Process process;
  private final BufferedReader output;

  /// @param before a command that is to run Java in some other surroundings; empty for none
  Child(List<String> before, Class<?> main, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  /// Has the parent read a line; for the other process.
  static void say(Object what) {
    System.out.println(MARK + what);
  }

  /// The next line that it says. Others, such as those of a logger, are not meant for us.
  String line() throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith(MARK)) {
      line = output.readLine();
    }
    assertThat(line).as("a line of the other process").isNotNull();
    return line.substring(MARK.length());
  }

  /// As `kill -9` does it.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
