package io.rserpool.cli;

import io.rserpool.cli.console.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints what a program needs that uses the library without a build tool.
@Command(
    name = "java-options",
    header = "Print the options with which java runs a program of yours that uses the library.",
    description = {
      "Prints the class path of this installation, and what keeps Java from warning of native"
          + " access. A program that is built with Maven or Gradle depends on"
          + " io.rserpool:rserpool-client instead.",
      "",
      "A path with spaces is printed in quotes, as java reads them in a file of options; a shell"
          + " would split it, so it takes the second example."
    },
    footer = {
      "",
      "Examples:",
      "  java $(rserpool java-options) MyServer.java",
      "  rserpool java-options >java.options && java @java.options MyServer.java"
    })
final class JavaOptionsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.println(options(System.getProperty("java.class.path", "")));
    out.flush();
    return ExitCode.OK;
  }

  static String options(String classPath) {
    return "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -cp "
        + (classPath.chars().anyMatch(Character::isWhitespace) ? quoted(classPath) : classPath);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
