package io.rserpool.cli.pki;

import io.rserpool.cli.console.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints what can be done with an authority.
@Command(
    name = "pki",
    header = "Make the authority of a scope, and the certificates of those who belong to it.",
    synopsisSubcommandLabel = "(init | issue | renew | show)",
    description = {
      "Registrars, elements and users know each other by certificates of one authority, which is a"
          + " folder with two files. What one of them needs is a folder as well: copy it to where"
          + " it runs, and give --tls FOLDER. Certificates live for a week, and are renewed when"
          + " two thirds of that are over; programs notice it while they run."
    },
    commandListHeading = "%nCommands:%n",
    subcommands = {InitCommand.class, IssueCommand.class, RenewCommand.class, ShowCommand.class},
    footer = {
      "",
      "Example:",
      "  $ rserpool pki init",
      "  $ rserpool pki issue registrar r1 --host r1.example.com",
      "  $ rserpool pki issue element echo-1",
      "  $ rserpool pki renew --watch"
    })
public final class PkiCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public PkiCommand() {}

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.USAGE;
  }
}
