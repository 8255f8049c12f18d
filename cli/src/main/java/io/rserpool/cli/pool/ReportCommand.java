package io.rserpool.cli.pool;

import io.rserpool.client.PoolUser;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Reports an element as unreachable.
@Command(
    name = "report",
    header = "Report an element as unreachable.",
    description =
        "Tells the registrar that an element could not be reached, as clients do by themselves. The"
            + " registrar asks the element at once, and removes it if it does not answer.",
    footer = {
      "",
      "Example:",
      "  $ rserpool report EchoPool 0x27ea9c10",
      "  pool EchoPool element 0x27ea9c10: reported unreachable, the registrar checks it now"
    })
public final class ReportCommand implements Callable<Integer> {
  @Mixin private final ElementTarget target = new ElementTarget();
  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public ReportCommand() {}

  @Override
  public Integer call() {
    return target.act(
        PoolUser::report,
        "reported",
        "reported unreachable, the registrar checks it now",
        spec.commandLine().getOut());
  }
}
