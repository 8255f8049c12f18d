package io.rserpool.cli.pool;

import io.rserpool.client.PoolUser;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Takes an element out of its pool at once.
@Command(
    name = "remove",
    header = "Take a server out of its pool at once.",
    description =
        "Takes an element out of its pool by hand and tells it to stop: it ends its sessions, whose"
            + " clients move to other elements, and does not register again.",
    footer = {
      "",
      "Example:",
      "  $ rserpool remove EchoPool 0x27ea9c10",
      "  pool EchoPool element 0x27ea9c10: removed from its pool and told to stop"
    })
public final class RemoveCommand implements Callable<Integer> {
  @Mixin private final ElementTarget target = new ElementTarget();
  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public RemoveCommand() {}

  @Override
  public Integer call() {
    return target.act(
        PoolUser::remove,
        "removed",
        "removed from its pool and told to stop",
        spec.commandLine().getOut());
  }
}
