package io.rserpool.cli;

import io.rserpool.cli.console.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints where the library is, for programs that are run without a build tool.
@Command(
    name = "classpath",
    header = "Print the class path with which a program of your own uses the library.",
    description =
        "Prints the jars of this installation as Java's option -cp takes them. A program that is"
            + " built with Maven or Gradle depends on io.rserpool:rserpool-client instead.",
    footer = {
      "",
      "Example:",
      "  java -cp \"$(rserpool classpath)\" MyServer.java"
    })
final class ClasspathCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    out.println(System.getProperty("java.class.path", ""));
    out.flush();
    return ExitCode.OK;
  }
}
