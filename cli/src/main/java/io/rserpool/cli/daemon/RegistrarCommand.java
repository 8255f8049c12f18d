package io.rserpool.cli.daemon;

import io.rserpool.cli.console.Addresses;
import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Names;
import io.rserpool.cli.console.ProfileConverter;
import io.rserpool.cli.console.Shutdown;
import io.rserpool.cli.console.StatusOption;
import io.rserpool.cli.console.TlsOption;
import io.rserpool.cli.console.Written;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.registrar.RegistrarEvent;
import io.rserpool.pki.Identity;
import io.rserpool.pki.Role;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.registrar.ConfigException;
import io.rserpool.registrar.Registrar;
import io.rserpool.registrar.RegistrarConfig;
import io.rserpool.registrar.Security;
import io.rserpool.registrar.StartException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs a registrar.
@Command(
    name = "registrar",
    header = "Run a registrar, which knows who serves which pool.",
    description =
        "Listens for pool elements and pool users (ASAP) and for other registrars (ENRP) until"
            + " Ctrl-C. Registrars that know each other (--peer) keep the same handlespace, and when"
            + " one ends another takes its elements over. Elements of one that is alone register"
            + " again as soon as a registrar is there.",
    footer = {
      "",
      "A configuration file is YAML; each timer and limit is a setting of its own:",
      "  asap: [tcp://localhost:3863]",
      "  enrp: [tcp://localhost:9901]",
      "  peers: [tcp://10.0.0.6:9901]",
      "  profile: standard",
      "  multicast: {interface: eth0, enrp-enabled: on}   # announce; find other registrars",
      "  status-reports: {monitor: 10.0.0.9:2960, interval: 1s}",
      "  metrics: {listen: \"127.0.0.1:9464\"}",
      "",
      "Examples:",
      "  $ rserpool registrar --asap tcp://127.0.0.1 --enrp tcp://127.0.0.1",
      "  registrar 0x5c233dbe asap tcp://127.0.0.1:3863 enrp tcp://127.0.0.1:9901",
      "",
      "  $ rserpool registrar --asap tls://10.0.0.5,tls://[fd00::5] --config registrar.yaml",
      "  $ rserpool registrar --tls pki/registrar-r2 --asap tls://10.0.0.6 --enrp tls://10.0.0.6 \\",
      "      --peer tls://10.0.0.5"
    })
public final class RegistrarCommand implements Callable<Integer> {
  @Option(
      names = "--asap",
      paramLabel = "ADDRESS",
      split = ",",
      converter = Addresses.Asap.class,
      description =
          "Where elements and users reach it, tcp://host:port (tls://host:port with TLS), several"
              + " separated by commas; port 0 takes a free one. Default: localhost, port 3863, or 3864"
              + " with TLS.")
  private @Nullable List<Written> asap;

  @Option(
      names = "--enrp",
      paramLabel = "ADDRESS",
      split = ",",
      converter = Addresses.Enrp.class,
      description =
          "Where other registrars reach it. Default: localhost, port 9901, or 9902 with TLS.")
  private @Nullable List<Written> enrp;

  @Option(
      names = "--peer",
      paramLabel = "ADDRESS",
      split = ",",
      converter = Addresses.Peer.class,
      description =
          "Other registrars of the scope, tcp://host:port (tls://host:port with TLS) of their ENRP"
              + " addresses, several separated"
              + " by commas; one of them is enough to find the others. They keep the same"
              + " handlespace and take over the elements of one that dies. Default: none, which"
              + " means to be alone.")
  private @Nullable List<Written> peers;

  @Option(
      names = "--id",
      paramLabel = "ID",
      converter = Names.Server.class,
      description = "Its identifier. Default: chosen at random at each start.")
  private ServerId id = ServerId.NONE;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      converter = ProfileConverter.class,
      completionCandidates = ProfileConverter.Names.class,
      description =
          "The behaviour that the whole scope shares: standard, rfc or rsplib. Default: standard.")
  private @Nullable Profile profile;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A configuration file; what is said on the command line wins over it.")
  private @Nullable Path file;

  @Mixin private final TlsOption tls = new TlsOption();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "With --tls, a file that says which names may do what. Default: the roles in the names of"
              + " certificates do (registrar, element, user, administrator).")
  private @Nullable Path policy;

  @Option(
      names = "--insecure",
      description =
          "Listen beyond this machine without TLS, where everybody may then register and remove"
              + " elements.")
  private boolean insecure;

  @Mixin private final StatusOption status = new StatusOption();

  @Option(
      names = "--metrics",
      paramLabel = "ADDRESS",
      split = ",",
      converter = MetricsAddress.class,
      description =
          "Where its metrics are read by HTTP, as http://ADDRESS/metrics, in the formats of Prometheus:"
              + " host:port, port 9464 without one. Default: nowhere.")
  private @Nullable List<Endpoint> metrics;

  @Option(names = "--end-with-input", hidden = true)
  private boolean endsWithInput;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Set once the first line is printed.
  private volatile @Nullable Registrar running;

  /// For the command line.
  public RegistrarCommand() {}

  @Override
  public Integer call() {
    RegistrarConfig config = config();
    requireRole(config.security());
    Registrar registrar = start(config);
    Shutdown.atEnd(registrar::close);
    if (endsWithInput) {
      ParentWatch.start();
    }
    print(registrar.id(), registrar);
    running = registrar;
    try {
      registrar.awaitEnd();
    } catch (StartException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  /// A registrar that starts again, since its identifier was a peer's, is announced again.
  private void observe(Event event) {
    Registrar registrar = running;
    if (registrar != null && event instanceof RegistrarEvent.Started started) {
      print(started.serverId(), registrar);
    }
  }

  private void print(ServerId own, Registrar registrar) {
    spec.commandLine()
        .getOut()
        .printf(
            "registrar %s asap %s enrp %s%n", own, text(registrar.asap()), text(registrar.enrp()));
  }

  private RegistrarConfig config() {
    requireFitting("--asap", asap);
    requireFitting("--enrp", enrp);
    requireFitting("--peer", peers);
    Path path = file;
    try {
      RegistrarConfig config =
          secured(path == null ? RegistrarConfig.defaults() : RegistrarConfig.load(path));
      boolean isSecured = config.security().tls().isOn();
      config = asap == null ? config : config.withAsap(Written.all(asap, isSecured));
      config = enrp == null ? config : config.withEnrp(Written.all(enrp, isSecured));
      config = peers == null ? config : config.withPeers(Written.all(peers, isSecured));
      config = id.isNone() ? config : config.withId(id);
      config = config.withStatusReports(status.options(config.statusReports()));
      config = metrics == null ? config : config.withMetrics(metrics);
      return profile == null ? config : config.withProfile(profile);
    } catch (ConfigException e) {
      throw CommandFailure.mistaken(
          "option --config: "
              + String.join(System.lineSeparator() + "option --config: ", e.mistakes()),
          e);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.mistaken("option --profile: " + e.getMessage(), e);
    }
  }

  /// Nobody would believe a registrar whose certificate says that it is something else.
  private static void requireRole(Security security) {
    if (!security.tls().isOn() || !security.policy().isEmpty()) {
      return;
    }
    String name = security.tls().credentials().identity().name();
    Role role;
    try {
      role = Identity.parse(name).role();
    } catch (IllegalArgumentException _) {
      // A name of another authority, which says nothing of roles.
      return;
    }
    if (role != Role.REGISTRAR) {
      throw CommandFailure.mistaken(
          "the certificate is that of "
              + name
              + ", which is no registrar: 'rserpool pki issue registrar NAME' makes one, or a policy file"
              + " says otherwise");
    }
  }

  /// With a configuration file TLS may be its business.
  private void requireFitting(String option, @Nullable List<Written> addresses) {
    if (addresses != null && (tls.isOn() || file == null)) {
      tls.requireFitting(option, Written.all(addresses, tls.isOn()));
    }
  }

  /// What the command line says of security wins over the file.
  private RegistrarConfig secured(RegistrarConfig config) {
    Security security = config.security();
    RegistrarConfig base = config;
    if (tls.isOn()) {
      security = new Security(tls.options(), security.policy(), security.allowsInsecure());
      base = isDefault(config) ? RegistrarConfig.secured(security) : config;
    }
    if (policy != null) {
      if (!security.tls().isOn()) {
        throw CommandFailure.mistaken("option --policy needs --tls: nobody proves who he is else");
      }
      security = security.withPolicy(policy);
    }
    return base.withSecurity(insecure ? security.allowingInsecure() : security);
  }

  private static boolean isDefault(RegistrarConfig config) {
    RegistrarConfig defaults = RegistrarConfig.defaults();
    return config.asap().equals(defaults.asap()) && config.enrp().equals(defaults.enrp());
  }

  private Registrar start(RegistrarConfig config) {
    try {
      return Registrar.start(config, this::observe);
    } catch (StartException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private static String text(List<Endpoint> endpoints) {
    return endpoints.stream()
        .flatMap(e -> e.hosts().stream().map(host -> Endpoint.of(e.scheme(), host, e.port())))
        .map(Endpoint::toString)
        .collect(Collectors.joining(","));
  }
}
