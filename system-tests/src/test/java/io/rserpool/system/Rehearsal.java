package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Follows a [Guide] to the letter, in a directory and, where that can be had, on a network of its
/// own.
///
/// Identifiers and long numbers of the text (elements, processes, ports) stand for those of this run:
/// each has to be the same wherever the text has the same. Times may be any.
final class Rehearsal implements AutoCloseable {

  private static final Pattern VARIABLE =
      Pattern.compile("0x[0-9a-f]{8}|\\b\\d{4,}\\b|\\b\\d+(?:\\.\\d+)? (?=m?s\\b)");

  private final Path directory;
  private final String network = "rsp-g-" + Long.toString(ProcessHandle.current().pid(), 36);
  private final boolean hasNetwork;
  private final Map<String, String> meanings = new HashMap<>();
  private final Map<Integer, Terminal> terminals = new LinkedHashMap<>();

  private static final class Terminal {
    private final Process process;
    private final Transcript output;
    private int seen;

    Terminal(String command, Process process) {
      this.process = process;
      this.output = Transcript.of(command, process.getInputStream());
    }
  }

  Rehearsal(Path directory) throws IOException {
    this.directory = directory;
    this.hasNetwork = Shell.attempt("ip", "netns", "add", network).exitCode() == 0;
    if (hasNetwork) {
      Shell.run("ip", "-n", network, "link", "set", "lo", "up");
    }
    Files.createDirectory(directory.resolve("home"));
    Path launcher = directory.resolve("rserpool");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec java --enable-native-access=ALL-UNNAMED"
            + " --sun-misc-unsafe-memory-access=allow -cp '%s' io.rserpool.cli.Main \"$@\"\n"
                .formatted(jars()));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String jars() throws IOException {
    String dist = System.getProperty("rserpool.dist");
    if (dist == null) {
      return System.getProperty("java.class.path");
    }
    try (var files = Files.list(Path.of(dist, "lib"))) {
      List<String> all = files.map(file -> file.toAbsolutePath().normalize().toString()).toList();
      return String.join(File.pathSeparator, all);
    }
  }

  /// Does one step after the other.
  void follow(Guide guide) throws IOException, InterruptedException {
    for (Guide.Step step : guide.steps()) {
      switch (step) {
        case Guide.Step.Save(String name, String content) ->
            Files.writeString(directory.resolve(name), content);
        case Guide.Step.Type(int terminal, String command) -> type(terminal, command);
        case Guide.Step.See(int terminal, String line) -> see(terminal, line);
      }
    }
  }

  private void type(int number, String text) throws IOException, InterruptedException {
    Terminal before = terminals.get(number);
    if (before != null) {
      assertThat(before.process.waitFor(CliProcess.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .as("before '%s' is typed, terminal %d ends:%n%s", text, number, before.output.text())
          .isTrue();
    }
    String command =
        VARIABLE
            .matcher(text)
            .replaceAll(found ->
                Matcher.quoteReplacement(meanings.getOrDefault(found.group(), found.group())));
    ProcessBuilder builder =
        hasNetwork
            ? new ProcessBuilder("ip", "netns", "exec", network, "bash", "-c", command)
            : new ProcessBuilder("bash", "-c", command);
    builder.directory(directory.toFile()).redirectErrorStream(true);
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().merge("PATH", java, (path, first) -> first + File.pathSeparator + path);
    builder.environment().put("HOME", directory.resolve("home").toString());
    builder.environment().remove("XDG_CONFIG_HOME");
    terminals.put(number, new Terminal(text, builder.start()));
  }

  private void see(int number, String line) {
    Terminal terminal = terminals.get(number);
    assertThat(terminal)
        .as("something was typed in terminal %d before '%s'", number, line)
        .isNotNull();
    StringBuilder pattern = new StringBuilder("^");
    Matcher variables = VARIABLE.matcher(line);
    Map<String, String> fresh = new LinkedHashMap<>();
    int from = 0;
    while (variables.find()) {
      String name = variables.group();
      pattern.append(Pattern.quote(line.substring(from, variables.start())));
      from = variables.end();
      if (name.endsWith(" ")) {
        pattern.append("\\d+(?:\\.\\d+)? ");
      } else if (meanings.containsKey(name)) {
        pattern.append(Pattern.quote(meanings.get(name)));
      } else if (fresh.containsKey(name)) {
        pattern.append("\\k<").append(fresh.get(name)).append('>');
      } else {
        fresh.put(name, "v" + fresh.size());
        String kind = name.startsWith("0x") ? "0x[0-9a-f]{8}" : "\\d+";
        pattern.append("(?<").append(fresh.get(name)).append('>').append(kind).append(')');
      }
    }
    pattern.append(Pattern.quote(line.substring(from))).append("\\s*$");
    var match = terminal.output.await(pattern.toString(), terminal.seen, CliProcess.LIMIT);
    terminal.seen = terminal.output.indexAfter(match.group(), terminal.seen);
    fresh.forEach((name, group) -> meanings.put(name, match.group(group)));
  }

  @Override
  public void close() {
    for (Terminal terminal : terminals.values()) {
      terminal.process.descendants().forEach(ProcessHandle::destroyForcibly);
      terminal.process.destroyForcibly().onExit().join();
    }
    if (hasNetwork) {
      Shell.attempt("ip", "netns", "del", network);
    }
  }
}
