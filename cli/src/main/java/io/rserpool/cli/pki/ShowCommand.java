package io.rserpool.cli.pki;

import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Json;
import io.rserpool.cli.console.Table;
import io.rserpool.pki.Authority;
import io.rserpool.pki.CertificateSummary;
import io.rserpool.pki.Credentials;
import io.rserpool.pki.Life;
import io.rserpool.pki.PkiException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows what certificates say.
@Command(
    name = "show",
    header = "Show certificates: whose they are, and how long they last.",
    description =
        "Shows the authority and all that it has issued, or the certificates of files and folders."
            + " Never shows a key. Ends with 1 if a certificate has expired or cannot be read.",
    footer = {
      "",
      "Examples:",
      "  $ rserpool pki show",
      "  $ rserpool pki show pki/element-echo-1/certificate.pem --json"
    })
final class ShowCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description =
          "Files (PEM), or folders of an authority or of what it has issued. Default: DIR.")
  private List<Path> files = List.of();

  @Mixin private final AuthorityFolder folder = new AuthorityFolder();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock;

  /// For the command line.
  ShowCommand() {
    this(InstantSource.system());
  }

  ShowCommand(InstantSource clock) {
    this.clock = clock;
  }

  /// A certificate of a file.
  private record Seen(Path file, CertificateSummary certificate) {}

  @Override
  public Integer call() {
    Instant now = clock.instant();
    List<Seen> seen = new ArrayList<>();
    boolean complete = true;
    for (Path file : AuthorityFolder.orFail(this::wanted)) {
      try {
        Credentials.summaries(file).forEach(each -> seen.add(new Seen(file, each)));
      } catch (PkiException e) {
        spec.commandLine().getErr().println(spec.qualifiedName(" ") + ": " + e.getMessage());
        complete = false;
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new Json()
              .put("certificates", seen.stream().map(each -> json(each, now).members()).toList())
              .put("expired", seen.stream().filter(each -> hasExpired(each, now)).count()));
    } else if (!seen.isEmpty()) {
      table(seen, now).print(out, "");
    }
    return complete && seen.stream().noneMatch(each -> hasExpired(each, now))
        ? ExitCode.OK
        : ExitCode.FAILED;
  }

  private List<Path> wanted() {
    List<Path> wanted = new ArrayList<>();
    for (Path each : files.isEmpty() ? List.of(folder.path()) : files) {
      if (!Files.isDirectory(each)) {
        wanted.add(each);
        continue;
      }
      wanted.add(each.resolve(Authority.CERTIFICATE_FILE));
      if (Files.exists(each.resolve(Credentials.CERTIFICATE_FILE))) {
        wanted.add(each.resolve(Credentials.CERTIFICATE_FILE));
      }
      for (Path inside : Credentials.foldersIn(each)) {
        wanted.add(inside.resolve(Credentials.CERTIFICATE_FILE));
      }
    }
    return wanted;
  }

  private static boolean hasExpired(Seen seen, Instant now) {
    return seen.certificate().life().phase(now) == Life.Phase.EXPIRED;
  }

  private static Table table(List<Seen> seen, Instant now) {
    Table table =
        new Table("IDENTITY", "HOSTS", "VALID FROM", "VALID UNTIL", "LEFT", "USED", "NOTE");
    for (Seen each : seen) {
      CertificateSummary certificate = each.certificate();
      Life life = certificate.life();
      table.add(
          certificate.owner(),
          certificate.hosts().isEmpty() ? "-" : String.join(",", certificate.hosts()),
          life.validFrom().toString(),
          life.validUntil().toString(),
          LifeText.left(life, now),
          LifeText.percent(life, now) + " %",
          LifeText.note(certificate, now));
    }
    return table;
  }

  private static Json json(Seen seen, Instant now) {
    CertificateSummary certificate = seen.certificate();
    Life life = certificate.life();
    return new Json()
        .put("file", seen.file().toString())
        .put("identity", certificate.owner())
        .put("authority", certificate.authority())
        .put("hosts", certificate.hosts())
        .put("validFrom", life.validFrom().toString())
        .put("validUntil", life.validUntil().toString())
        .put("renewsAt", life.renewsAt().toString())
        .put("secondsLeft", life.left(now).toSeconds())
        .put("usedPercent", LifeText.percent(life, now))
        .put("state", LifeText.word(life.phase(now)));
  }
}
