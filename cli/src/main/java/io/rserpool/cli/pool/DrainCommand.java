package io.rserpool.cli.pool;

import io.rserpool.client.PoolUser;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Takes an element out of its pool and lets it finish.
@Command(
    name = "drain",
    header = "Take a server out of its pool, let it finish its sessions.",
    description =
        "Takes an element out of its pool by hand: no client is given it any more, it serves its"
            + " present sessions to their end, and then stops by itself.",
    footer = {
      "",
      "Example:",
      "  $ rserpool drain EchoPool 0x27ea9c10",
      "  pool EchoPool element 0x27ea9c10: out of its pool, it stops when its last session has"
          + " ended"
    })
public final class DrainCommand implements Callable<Integer> {
  @Mixin private final ElementTarget target = new ElementTarget();
  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public DrainCommand() {}

  @Override
  public Integer call() {
    return target.act(
        PoolUser::drain,
        "drained",
        "out of its pool, it stops when its last session has ended",
        spec.commandLine().getOut());
  }
}
