package io.rserpool.cli;

import io.rserpool.cli.console.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What is printed when no command is given.
@Command(
    name = "rserpool",
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Reliable Server Pooling: servers join pools, clients use a pool by its name and move on"
            + " when a server dies.",
    versionProvider = Version.class,
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "A first try, in three terminals; no address is needed:",
      "  rserpool registrar",
      "  rserpool serve echo",
      "  rserpool connect EchoPool",
      "",
      "Or see it all at once: rserpool demo",
      "Each command explains itself: rserpool COMMAND --help"
    })
final class RootCommand implements Callable<Integer> {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  @SuppressWarnings("unused") // Only the command line library looks at it.
  private boolean version;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }
}
