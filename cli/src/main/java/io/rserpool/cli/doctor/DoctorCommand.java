package io.rserpool.cli.doctor;

import io.rserpool.cli.console.Addresses;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Json;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.engine.Endpoint;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
        "Looks at Java, the ports of a registrar, the registrars that clients would use, multicast,"
            + " the clocks, SCTP and the limit of open files. One line each: ok, warn or problem."
            + " Ends with 1 if there is a problem.",
    footer = {
      "",
      "Example:",
      "  $ rserpool doctor",
      "  ok       java         25.0.3+9-LTS (Eclipse Adoptium)",
      "  ok       port 3863    in use by process 27101 (java), which answers as a registrar",
      "  ok       port 9901    in use by process 27101 (java), the same registrar",
      "  ok       registrar    tcp://localhost:3863 answers in 2 ms",
      "  warn     registrars   only one is configured: name two, so that one of them may fail",
      "  ok       multicast    a datagram to 224.0.1.185 came back on eth0",
      "  ok       clock        the monotonic clock runs evenly"
    })
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// For the command line.
  public DoctorCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings = new ArrayList<>();
    for (Supplier<Finding> check : checks()) {
      Finding finding = check.get();
      findings.add(finding);
      if (!json) {
        out.println(finding.toLine());
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

  private List<Supplier<Finding>> checks() {
    List<Supplier<Finding>> checks = new ArrayList<>();
    checks.add(MachineChecks::java);
    checks.add(() -> PortCheck.run(Addresses.ASAP_PORT, registrar.profile()));
    checks.add(() -> PortCheck.run(Addresses.ENRP_PORT, registrar.profile()));
    for (Endpoint endpoint : registrar.registrars()) {
      checks.add(() -> RegistrarCheck.run(endpoint, registrar.profile()));
    }
    checks.add(() -> RegistrarCheck.count(registrar.registrars().size()));
    checks.add(MulticastCheck::run);
    checks.add(MachineChecks::monotonicClock);
    checks.add(MachineChecks::timeOfDay);
    checks.add(MachineChecks::sctp);
    checks.add(MachineChecks::openFiles);
    return checks;
  }
}
