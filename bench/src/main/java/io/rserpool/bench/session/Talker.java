package io.rserpool.bench.session;

import io.rserpool.bench.requests.ServerProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A process of this program's class path that answers each line with a line, and ends with its input.
final class Talker implements AutoCloseable {

  /// What a child does with a line.
  @FunctionalInterface
  interface Answerer {
    String answer(String question);
  }

  /// A server of ten thousand sessions collects garbage seldom then: its pauses are not the subject.
  private static final List<String> ROOMY = List.of("-Xms1g", "-Xmn700m");

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter questions;

  private Talker(Process process) {
    this.process = process;
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = process.outputWriter(StandardCharsets.UTF_8);
  }

  /// Starts one.
  ///
  /// @param prefix what runs it
  static Talker start(List<String> prefix, Class<?> main, String... args) throws IOException {
    return new Talker(ServerProcess.javaUnder(prefix, ROOMY, main.getName(), args));
  }

  /// In the child: answers until the end of the input, then ends the process.
  static void listen(Answerer answerer) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answerer.answer(line));
    }
    Runtime.getRuntime().halt(0);
  }

  /// The next line that it prints.
  String read() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("expected a line of process " + process.pid() + ", but it has ended");
      }
      return line;
    } catch (IOException e) {
      process.destroyForcibly();
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a line.
  void write(String line) {
    try {
      questions.write(line);
      questions.newLine();
      questions.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks, and waits for the answer.
  String ask(String question) {
    write(question);
    return read();
  }

  Process process() {
    return process;
  }

  /// Kills it, and waits until it is gone.
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
