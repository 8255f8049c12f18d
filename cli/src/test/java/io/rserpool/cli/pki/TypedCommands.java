package io.rserpool.cli.pki;

import io.rserpool.cli.console.Failures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/// The commands as they are typed, with a clock that is set.
final class TypedCommands {

  private final Path folder;
  private final SettableClock clock = new SettableClock();
  private final List<Duration> pauses = new ArrayList<>();
  private final StringWriter all = new StringWriter();
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  /// With this folder for the authority.
  TypedCommands(Path folder) {
    this.folder = folder;
  }

  /// Runs a command, the first argument; the folder of the authority is added.
  ///
  /// @return its exit code
  int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    Object command =
        switch (arguments[0]) {
          case "init" -> new InitCommand(clock);
          case "issue" -> new IssueCommand(clock);
          case "renew" -> new RenewCommand(clock, this::pass);
          case "show" -> new ShowCommand(clock);
          default -> throw new AssertionError(arguments[0]);
        };
    Failures failures = new Failures();
    List<String> rest = new ArrayList<>(List.of("--dir", folder.toString()));
    rest.addAll(Arrays.asList(arguments).subList(1, arguments.length));
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures)
            .execute(rest.toArray(String[]::new));
    all.append(out.toString()).append(err.toString());
    return code;
  }

  /// Lets ten pauses pass, and no more.
  private boolean pass(Duration time) {
    if (pauses.size() == 10) {
      return false;
    }
    pauses.add(time);
    clock.advance(time);
    return true;
  }

  void advance(Duration time) {
    clock.advance(time);
  }

  List<Duration> pauses() {
    return pauses;
  }

  /// What the last command printed.
  String out() {
    return out.toString();
  }

  /// What the last command complained of.
  String err() {
    return err.toString();
  }

  /// Whatever any command printed.
  String all() {
    return all.toString();
  }
}
