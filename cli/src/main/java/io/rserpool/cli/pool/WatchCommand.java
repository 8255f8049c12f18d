package io.rserpool.cli.pool;

import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.LateRegistrar;
import io.rserpool.cli.console.Names;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.client.Pool;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Subscription;
import io.rserpool.protocol.PoolHandle;
import java.io.PrintWriter;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints a line for every change of a pool until it is stopped.
@Command(
    name = "watch",
    header = "Show every change of a pool as it happens.",
    description =
        "Subscribes to a pool and prints a line for each element that joins, leaves or changes its"
            + " policy values, until Ctrl-C. The first lines show the present state. A pool that"
            + " does"
            + " not exist yet can be watched.",
    footer = {
      "",
      "Example:",
      "  $ rserpool watch EchoPool",
      "  14:02:11.310 EchoPool 1 element",
      "  14:02:11.310 EchoPool   present 0x27ea9c10 tcp://127.0.0.1:40917 rr",
      "  14:02:19.604 EchoPool 2 elements",
      "  14:02:19.604 EchoPool   joined 0xb2f90aa3 tcp://127.0.0.1:38411 rr",
      "  14:02:31.127 EchoPool 1 element",
      "  14:02:31.127 EchoPool   left 0x27ea9c10 tcp://127.0.0.1:40917 rr"
    })
public final class WatchCommand implements Callable<Integer> {
  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Parameters(
      paramLabel = "POOL",
      converter = Names.Pool.class,
      description = "The pool's handle, as text or as 0x and hexadecimal digits.")
  private PoolHandle pool = PoolHandle.of("?");

  @Option(names = "--json", description = "Print one JSON object a line for each change.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public WatchCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    BlockingQueue<Pool> changes = new LinkedBlockingQueue<>();
    try (PoolUser user = PoolUser.open(registrar.scope());
        Subscription _ = user.watch(pool, changes::add);
        LateRegistrar late =
            LateRegistrar.await(registrar, spec.commandLine().getErr(), spec.qualifiedName(" "))) {
      PoolChange last = PoolChange.first(changes.take());
      late.found();
      while (print(last, out)) {
        last = last.next(changes.take());
      }
    }
    return ExitCode.OK;
  }

  /// Whether somebody still reads.
  private boolean print(PoolChange change, PrintWriter out) {
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    if (json && !change.isEmpty()) {
      out.println(change.toJson(now));
    } else if (!json) {
      change.toLines(now).forEach(out::println);
    }
    return !out.checkError();
  }
}
