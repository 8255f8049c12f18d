package io.rserpool.cli.pki;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.pki.Authority;
import io.rserpool.pki.CertificateSummary;
import io.rserpool.pki.Credentials;
import io.rserpool.pki.Role;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Issues a certificate.
@Command(
    name = "issue",
    header = "Issue a certificate and its private key.",
    description = {
      "Makes a folder with all that a registrar, an element, a user or an administrator needs:"
          + " certificate.pem, key.pem and authority.pem. Copy it to where it is needed, readable"
          + " by its owner only, and give --tls FOLDER there. The certificate says who that is,"
          + " which is what authorization goes by:",
      "",
      "  rserpool://SCOPE/ROLE/NAME"
    },
    footer = {
      "",
      "Example:",
      "  $ rserpool pki issue element echo-1 --host 10.0.0.5 --host echo-1.example.com",
      "  issued rserpool://default/element/echo-1, valid until 2026-11-30T15:00:00Z",
      "    for 10.0.0.5, echo-1.example.com",
      "    in pki/element-echo-1: to be used with --tls"
    })
final class IssueCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "ROLE",
      description = "registrar, element, user or administrator.")
  private Role role = Role.USER;

  @Parameters(
      index = "1",
      paramLabel = "NAME",
      description = "Its name: 1 to 63 letters, digits, '.', '-' or '_'.")
  private String name = "";

  @Mixin private final AuthorityFolder folder = new AuthorityFolder();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      split = ",",
      description =
          "A DNS name or IP address at which it can be reached; can be given several times. Default"
              + " for registrars and elements: localhost, 127.0.0.1 and ::1.")
  private @Nullable List<String> hosts;

  @ArgGroup private @Nullable LifeOptions life;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where the files are written. Default: DIR/ROLE-NAME.")
  private @Nullable Path out;

  @Option(
      names = "--replace",
      description = "Issue again what was issued: the files there are replaced.")
  private boolean replace;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock;

  /// For the command line.
  IssueCommand() {
    this(InstantSource.system());
  }

  IssueCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    CertificateSummary issued = AuthorityFolder.orFail(this::issue);
    PrintWriter writer = spec.commandLine().getOut();
    writer.printf("issued %s, valid until %s%n", issued.owner(), issued.life().validUntil());
    if (!issued.hosts().isEmpty()) {
      writer.printf("  for %s%n", String.join(", ", issued.hosts()));
    }
    writer.printf("  in %s: to be used with --tls%n", target());
    return ExitCode.OK;
  }

  private CertificateSummary issue() {
    LifeOptions given = life;
    Duration length = given == null ? LifeOptions.USUAL : given.length();
    List<String> known = hosts;
    Credentials credentials =
        Authority.open(folder.path())
            .issue(role, name, known == null ? role.usualHosts() : known, length, clock.instant());
    Path target = target();
    if (replace) {
      credentials.replace(target);
    } else {
      requireNew(target);
      credentials.write(target);
    }
    return credentials.summary();
  }

  private Path target() {
    Path given = out;
    return given == null ? folder.path().resolve(role.word() + "-" + name) : given;
  }

  private void requireNew(Path target) {
    if (Files.exists(target.resolve(Credentials.CERTIFICATE_FILE))) {
      throw CommandFailure.failed(
          "%s: expected a new folder, but a certificate was issued there; 'rserpool pki renew %s'"
                  .formatted(target, target.getFileName())
              + " renews it, --replace issues another one");
    }
  }
}
