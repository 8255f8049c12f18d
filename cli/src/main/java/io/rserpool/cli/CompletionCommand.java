package io.rserpool.cli;

import io.rserpool.cli.console.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints the shell completion script.
@Command(
    name = "completion",
    header = "Print a completion script for bash and zsh.",
    description = "Prints a script that lets bash and zsh complete commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(rserpool completion)                          in this shell",
      "  rserpool completion > ~/.local/share/bash-completion/completions/rserpool"
    })
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var root = spec.root().commandLine();
    var out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("rserpool", root));
    out.flush();
    return ExitCode.OK;
  }
}
