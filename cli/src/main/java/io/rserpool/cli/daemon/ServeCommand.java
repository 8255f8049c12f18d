package io.rserpool.cli.daemon;

import io.rserpool.cli.console.Addresses;
import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ElementText;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Names;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.cli.console.Shutdown;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.host.HostOptions;
import io.rserpool.services.host.Service;
import io.rserpool.services.host.ServiceHost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs a server of one of the example services.
@Command(
    name = "serve",
    header = "Run a server of an example service, as an element of its pool.",
    description = {
      "Accepts users over TCP and registers as an element of a pool until Ctrl-C; then it leaves"
          + " the"
          + " pool and ends. It needs no registrar to start: it goes on looking for one.",
      "",
      "Services: echo (EchoPool) sends back what it gets, discard (DiscardPool) drops it, daytime"
          + " (DaytimePool) tells the time and ends the session, chargen (CharGenPool) sends"
          + " without"
          + " end, fractal (FractalGeneratorPool) computes pictures."
    },
    footer = {
      "",
      "Examples:",
      "  $ rserpool serve echo",
      "  serving echo in pool EchoPool: element 0xd5628838 at tcp://127.0.0.1:42837",
      "",
      "  $ rserpool serve fractal --policy lud:0.25 --max-sessions 4 --listen tcp://10.0.0.7:5000"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final int SESSIONS_MAX = 1_000_000;

  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Parameters(
      paramLabel = "SERVICE",
      converter = ServiceName.class,
      completionCandidates = ServiceName.All.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private @Nullable Service service;

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      converter = Names.Pool.class,
      description = "The pool to join. Default: that of the service.")
  private @Nullable PoolHandle pool;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      converter = PolicyConverter.class,
      defaultValue = "rr",
      description = {
        "How the pool chooses among its elements: rr (round robin, the default), wrr:WEIGHT, rand,"
            + " wrand:WEIGHT, prio:PRIORITY, lu (least used), lud:DEGRADATION, plu:DEGRADATION,"
            + " rlu,"
            + " mu and others. All elements of a pool have the same."
      })
  private Policy policy = Policy.RoundRobin.INSTANCE;

  @Option(
      names = "--id",
      paramLabel = "ELEMENT",
      converter = Names.Element.class,
      description = "The element's identifier. Default: chosen at random.")
  private ElementId id = ElementId.NONE;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      converter = Addresses.Service.class,
      description =
          "Where users are accepted, tcp://host:port. Default: any free port, at the address by"
              + " which this machine reaches the registrars.")
  private @Nullable Endpoint listen;

  @Option(
      names = "--max-sessions",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many users are served at once. Default: ${DEFAULT-VALUE}.")
  private int maxSessions;

  @Option(names = "--end-with-input", hidden = true)
  private boolean endsWithInput;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public ServeCommand() {}

  @Override
  public Integer call() {
    if (maxSessions < 1 || maxSessions > SESSIONS_MAX) {
      throw CommandFailure.mistaken(
          "option --max-sessions is a number from 1 to %d, but this is %d"
              .formatted(SESSIONS_MAX, maxSessions));
    }
    if (endsWithInput) {
      ParentWatch.start();
    }
    Service wanted = Objects.requireNonNull(service);
    ServeReport report =
        new ServeReport(wanted.label(), handle(wanted), spec.commandLine().getOut());
    try (ServiceHost host = ServiceHost.start(registrar.scope(), wanted, options(wanted, report))) {
      Shutdown.atEnd(host::close);
      Endpoint where = listen;
      IpAddress own = where == null ? registrar.scope().ownAddress() : address(where);
      report.listensAt(host, ElementText.address(new AsapTransport.Tcp(own, host.port())));
      host.awaitEnd();
    }
    report.throwIfRejected();
    return ExitCode.OK;
  }

  private HostOptions options(Service wanted, ServeReport report) {
    HostOptions.Builder options =
        HostOptions.builder(handle(wanted))
            .policy(policy)
            .elementId(id)
            .maxSessions(maxSessions)
            .persistent(true)
            .listener(report);
    Endpoint where = listen;
    return where == null
        ? options.build()
        : options.address(address(where)).port(where.port()).build();
  }

  private PoolHandle handle(Service wanted) {
    PoolHandle given = pool;
    return given == null ? wanted.defaultPool() : given;
  }

  private static IpAddress address(Endpoint where) {
    String host = where.hosts().getFirst();
    try {
      IpAddress address = IpAddress.ofBytes(InetAddress.getByName(host).getAddress());
      if (!address.isUnspecified()) {
        return address;
      }
    } catch (UnknownHostException e) {
      throw CommandFailure.mistaken(
          "option --listen needs a host that can be found, but there is no host '" + host + "'", e);
    }
    throw CommandFailure.mistaken(
        "option --listen needs the address at which users reach this machine, but this is '"
            + where
            + "'");
  }
}
