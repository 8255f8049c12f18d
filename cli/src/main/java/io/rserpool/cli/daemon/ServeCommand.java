package io.rserpool.cli.daemon;

import io.rserpool.cli.console.Addresses;
import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ElementText;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.HandshakeOption;
import io.rserpool.cli.console.LateRegistrar;
import io.rserpool.cli.console.Names;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.cli.console.SessionOption;
import io.rserpool.cli.console.Shutdown;
import io.rserpool.cli.console.StatusOption;
import io.rserpool.client.Scope;
import io.rserpool.client.host.HostOptions;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceHost;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.services.Services;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "Accepts users and registers as an element of a pool until Ctrl-C; then it leaves the pool and"
          + " ends. It needs no registrar to start: it goes on looking for one.",
      "",
      "Users of pingpong, calculation and fractal get cookies, with which another element can go on"
          + " where this one stopped: over SCTP, and over TCP with a control channel, which they"
          + " speak by default in profile standard. The others speak plain TCP, so that any program"
          + " can be their user. All elements of a pool have a control channel, or none.",
      "",
      "Cookies are sealed: users can neither read nor forge them. The keys are in a file that all"
          + " servers of a pool share; unless told otherwise, in rserpool/cookie.keys in the"
          + " configuration directory ($XDG_CONFIG_HOME or ~/.config), which the first server"
          + " creates and all servers of this user on this machine share. For servers on several"
          + " machines copy that file. 'rserpool cookie-keys' makes, rotates and shows such files."
          + " In profile rsplib cookies are plain, as rsplib has them, unless --cookie-keys is"
          + " given.",
      "",
      "Services: echo (EchoPool) sends back what it gets, discard (DiscardPool) drops it, daytime"
          + " (DaytimePool) tells the time and ends the session, chargen (CharGenPool) sends without"
          + " end, pingpong (PingPongPool) answers with numbers that go on over all elements,"
          + " calculation (CalcAppPool) pretends to calculate, fractal (FractalGeneratorPool)"
          + " computes pictures. Users of the last three are the commands pingpong, calculate and"
          + " fractal, and the programs of rsplib.",
      "",
      "Settings, with what they are unless set (--set NAME=VALUE):",
      "  pingpong     failure-after=0 (answers after which a session breaks, for tests)",
      "  calculation  capacity=1000000 (calculations per second), max-jobs=10,",
      "               cookie-calculations=5000000, cookie-time=5s,",
      "               keep-alive-interval=2500ms, keep-alive-timeout=2500ms,",
      "               clean-shutdown=1.0 (the probability of cookies at the end)",
      "  fractal      cookie-time=1s, cookie-messages=10, data-time=1s,",
      "               failure-after=0 (messages after which a session ends, for tests)"
    },
    footer = {
      "",
      "Examples:",
      "  $ rserpool serve echo",
      "  serving echo in pool EchoPool: element 0xd5628838 at tcp://127.0.0.1:42837",
      "",
      "  $ rserpool serve fractal --policy lud:0.25 --max-sessions 4 --listen tcp://10.0.0.7:5000",
      "",
      "  $ rserpool serve calculation --registrar sctp://10.0.0.1 --listen 'sctp://10.0.0.7|10.1.0.7'"
          + " \\",
      "      --policy lu --set capacity=2000000 --set max-jobs=4"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final int SESSIONS_MAX = 1_000_000;

  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Parameters(
      paramLabel = "SERVICE",
      converter = ServiceName.class,
      completionCandidates = ServiceName.All.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String service = "";

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
          "Where users are accepted: tcp://host:port, or sctp://host|host:port with all or some of the"
              + " machine's addresses. Default: any free port, over SCTP at all addresses if the"
              + " registrars are reached by SCTP of the kernel, else over TCP at the address from which"
              + " they are reached.")
  private @Nullable Endpoint listen;

  @Option(
      names = "--control-channel",
      negatable = true,
      fallbackValue = "true",
      description =
          "Whether there is a control channel, for cookies, beside the data. Default: over SCTP; over"
              + " TCP in profile standard if the service has cookies.")
  private @Nullable Boolean controlChannel;

  @Mixin private final CookieOptions cookies = new CookieOptions();

  @Option(
      names = "--max-sessions",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many users are served at once. Default: ${DEFAULT-VALUE}.")
  private int maxSessions;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A setting of the service, see above; several times for several.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private final SessionOption security = new SessionOption();

  @Mixin private final HandshakeOption handshakes = new HandshakeOption();

  @Mixin private final StatusOption status = new StatusOption();

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
    Service wanted = service();
    Scope scope = status.of(security.of(handshakes.of(registrar.scope())));
    try (LateRegistrar late =
        LateRegistrar.await(registrar, spec.commandLine().getErr(), spec.qualifiedName(" "))) {
      serve(scope, wanted, late);
    }
    return ExitCode.OK;
  }

  private void serve(Scope scope, Service wanted, LateRegistrar late) {
    ServeReport report =
        new ServeReport(
            wanted.label(),
            handle(),
            spec.commandLine().getOut(),
            registrar.tls().asWhom(),
            late::found);
    try (ServiceHost host = ServiceHost.start(scope, wanted, options(report, scope))) {
      Shutdown.atEnd(host::close);
      report.listensAt(host, ElementText.address(host.address()));
      host.awaitEnd();
    }
    report.throwIfRejected();
  }

  private Service service() {
    try {
      return Services.named(service, settings);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.mistaken("option --set: " + e.getMessage(), e);
    }
  }

  private HostOptions options(ServeReport report, Scope scope) {
    HostOptions.Builder options =
        HostOptions.builder(handle())
            .cookies(cookies.of(service, registrar.profile(), spec.commandLine().getErr()))
            .policy(policy)
            .elementId(id)
            .maxSessions(maxSessions)
            .persistent(true)
            .listener(report);
    Endpoint where = listen;
    if (where == null) {
      TransportAddress.Kind usual = ServiceAddress.usual(registrar.registrars().getFirst());
      return options.transport(usual, use(usual)).build();
    }
    ServiceAddress.requireFitting(where, scope);
    List<IpAddress> addresses = ServiceAddress.hosts(where);
    TransportAddress.Kind transport = ServiceAddress.transport(where);
    boolean isAny = addresses.stream().anyMatch(IpAddress::isUnspecified);
    if (isAny && transport == TransportAddress.Kind.TCP) {
      throw CommandFailure.mistaken(
          "option --listen needs the address at which users reach this machine, but this is '"
              + where
              + "'");
    }
    return options
        .transport(transport, use(transport))
        .addresses(isAny ? List.of() : addresses)
        .port(where.port())
        .build();
  }

  private TransportUse use(TransportAddress.Kind transport) {
    Boolean wanted = controlChannel;
    Profile profile = registrar.profile();
    boolean isTcp = transport == TransportAddress.Kind.TCP;
    if (isTcp && profile == Profile.RFC && Boolean.TRUE.equals(wanted)) {
      throw CommandFailure.mistaken(
          "option --control-channel needs SCTP, or another profile: in profile rfc users cannot be"
              + " told of a control channel over TCP");
    }
    boolean isUsual = !isTcp || (profile == Profile.STANDARD && Services.usesCookies(service));
    return (wanted == null ? isUsual : wanted)
        ? TransportUse.DATA_PLUS_CONTROL
        : TransportUse.DATA_ONLY;
  }

  private PoolHandle handle() {
    PoolHandle given = pool;
    return given == null ? Services.pool(service) : given;
  }
}
