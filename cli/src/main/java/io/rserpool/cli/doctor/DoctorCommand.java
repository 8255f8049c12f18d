package io.rserpool.cli.doctor;

import io.rserpool.cli.console.Addresses;
import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Json;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.cli.console.Written;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Profile;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Says what would not work here.
@Command(
    name = "doctor",
    header = "Say what would not work on this machine, and what to do.",
    description =
        "Looks at Java, the ports of a registrar, the registrars that clients would use and their"
            + " peers, multicast, the clocks, SCTP and the limit of open files; with --tls also at the"
            + " certificate, its key and its authority, and at the registrars' names. One line each:"
            + " ok, warn or problem."
            + " Ends with 1 if there is a problem.",
    footer = {
      "",
      "Example:",
      "  $ rserpool doctor --registrar tcp://localhost,tcp://10.0.0.6",
      "  ok       java         25.0.3+9-LTS (Eclipse Adoptium)",
      "  ok       port 3863    in use by process 27101 (java), which answers as a registrar",
      "  ok       port 9901    in use by process 27101 (java), the same registrar",
      "  ok       registrar    tcp://localhost:3863 answers in 2 ms",
      "  ok       registrar    tcp://10.0.0.6:3863 answers in 1 ms",
      "  ok       registrars   2 are configured",
      "  ok       peers        0xceebeb7e knows 0x27ea9c10, which answers in 3 ms",
      "  ok       multicast    a datagram to 224.0.1.185 came back on eth0",
      "  ok       clock        the monotonic clock runs evenly"
    })
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Option(
      names = "--enrp",
      paramLabel = "ADDRESS",
      split = ",",
      converter = Addresses.Peer.class,
      description =
          "The registrars' ENRP addresses, by which they are asked for their peers. Default: port "
              + Addresses.ENRP_PORT
              + " ("
              + Addresses.ENRP_TLS_PORT
              + " with --tls) of the hosts of --registrar.")
  private @Nullable List<Written> enrp;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public DoctorCommand() {}

  @Override
  public Integer call() {
    registrar.tls().requireFitting("--registrar", registrar.registrars());
    registrar.tls().requireFitting("--enrp", named());
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings = new ArrayList<>();
    for (Supplier<List<Finding>> check : checks()) {
      for (Finding finding : check.get()) {
        findings.add(finding);
        if (!json) {
          out.println(finding.toLine());
        }
      }
    }
    long problems = findings.stream().filter(f -> f.grade() == Finding.Grade.PROBLEM).count();
    if (json) {
      out.println(
          new Json()
              .put("checks", findings.stream().map(f -> f.toJson().members()).toList())
              .put("problems", problems));
    }
    return problems == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<Supplier<List<Finding>>> checks() {
    List<Supplier<List<Finding>>> checks = new ArrayList<>();
    checks.add(one(MachineChecks::java));
    if (registrar.tls().directory().isPresent()) {
      CredentialChecks files =
          new CredentialChecks(registrar.tls().directory().get(), InstantSource.system());
      checks.add(files::run);
    }
    try {
      addRegistrarChecks(checks, registrar.tlsOptions());
    } catch (CommandFailure _) {
      // The checks of the files say why.
      checks.add(
          one(() ->
              Finding.problem(
                  "registrar", "not looked at", "without a usable certificate nobody can")));
    }
    checks.add(one(MulticastCheck::run));
    checks.add(one(MachineChecks::monotonicClock));
    checks.add(one(MachineChecks::timeOfDay));
    checks.add(one(MachineChecks::sctp));
    checks.add(one(MachineChecks::openFiles));
    return checks;
  }

  private void addRegistrarChecks(List<Supplier<List<Finding>>> checks, TlsOptions tls) {
    Profile profile = registrar.profile();
    checks.add(one(() -> PortCheck.asap(profile, tls)));
    checks.add(one(() -> PortCheck.enrp(tls)));
    for (Endpoint endpoint : registrar.registrars()) {
      checks.add(one(() -> RegistrarCheck.run(endpoint, profile, tls)));
    }
    checks.add(one(() -> RegistrarCheck.count(registrar.registrars().size())));
    boolean isNamed = !named().isEmpty();
    for (Endpoint endpoint : isNamed ? named() : usualEnrp()) {
      checks.add(() -> PeerCheck.run(endpoint, isNamed, profile, tls));
    }
  }

  /// The ENRP addresses that are given, if any are.
  private List<Endpoint> named() {
    List<Written> given = enrp;
    return given == null ? List.of() : Written.all(given, registrar.tls().isOn());
  }

  private static Supplier<List<Finding>> one(Supplier<Finding> check) {
    return () -> List.of(check.get());
  }

  /// Where registrars usually listen for their peers.
  private List<Endpoint> usualEnrp() {
    int port = registrar.tls().isOn() ? Addresses.ENRP_TLS_PORT : Addresses.ENRP_PORT;
    return registrar.registrars().stream()
        .map(each -> new Endpoint(each.scheme(), each.hosts(), port))
        .distinct()
        .toList();
  }
}
