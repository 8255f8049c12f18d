package io.rserpool.cli.gateway;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.Names;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.cli.console.Shutdown;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.gateway.GatewaySettings;
import io.rserpool.gateway.listen.ListenerOptions;
import io.rserpool.gateway.listen.PoolListener;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Forwards a local port to a pool.
@Command(
    name = "gateway",
    header = "Forward a local port to a pool, for programs that know nothing of pools.",
    description =
        "Listens at an address and forwards each connection, byte by byte, to the element that the"
            + " pool's policy chooses; an element that cannot be reached is reported and the next"
            + " one tried. A connection whose element fails, or is out of the pool and silent, is"
            + " reset: the program connects anew, and gets another element. The elements are"
            + " reached by TCP.",
    footer = {
      "",
      "Example:",
      "  $ rserpool gateway PG --listen 127.0.0.1:5432",
      "  forwarding 127.0.0.1:5432 to pool PG",
      "",
      "  $ psql --host 127.0.0.1             # in another terminal"
    })
public final class GatewayCommand implements Callable<Integer> {
  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Parameters(
      paramLabel = "POOL",
      converter = Names.Pool.class,
      description = "The pool's handle, as text or as 0x and hexadecimal digits.")
  private PoolHandle pool = PoolHandle.of("?");

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      required = true,
      converter = ListenAddress.class,
      description =
          "Where programs connect; port 0 takes any free one. Whoever reaches this address reaches"
              + " the pool.")
  private InetSocketAddress listen = new InetSocketAddress(0);

  @Option(
      names = "--max-connections",
      paramLabel = "COUNT",
      defaultValue = "1000",
      description =
          "Connections at once; more wait until one has ended. Default: ${DEFAULT-VALUE}.")
  private int connectionsMax;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public GatewayCommand() {}

  @Override
  public Integer call() {
    if (connectionsMax < 1 || connectionsMax > 1_000_000) {
      throw CommandFailure.mistaken(
          "option --max-connections is a number from 1 to 1000000, but this is " + connectionsMax);
    }
    Scope scope = registrar.scope();
    ListenerOptions options = ListenerOptions.defaults().withConnectionsMax(connectionsMax);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (PoolUser user = PoolUser.open(scope);
        PoolListener listener =
            PoolListener.open(user, GatewaySettings.of(scope), pool, listen, options)) {
      InetSocketAddress at = listener.address();
      out.printf("forwarding %s to pool %s%n", ListenAddress.text(at), pool);
      out.flush();
      Shutdown.atEnd(() -> {
        err.println(listener.counters());
        err.flush();
      });
      return Shutdown.waitForSignal();
    } catch (IOException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
  }
}
