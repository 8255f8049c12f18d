package io.rserpool.cli.pki;

import io.rserpool.cli.console.ExitCode;
import io.rserpool.pki.Authority;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Makes an authority.
@Command(
    name = "init",
    header = "Make the authority of a scope.",
    description =
        "Makes a pair of keys and a certificate that all who belong to the scope will trust."
            + " Whoever has the key can make certificates for anybody: keep it on one machine."
            + " Nothing that exists is overwritten.",
    footer = {
      "",
      "Example:",
      "  $ rserpool pki init --scope plant-7",
      "  created the authority of scope plant-7, valid until 2036-11-20T15:00:00Z",
      "    pki/authority.pem  its certificate, which everybody may have",
      "    pki/authority.key  its private key, which stays here"
    })
final class InitCommand implements Callable<Integer> {
  private static final String LABEL = "--days";

  @Mixin private final AuthorityFolder folder = new AuthorityFolder();

  @Option(
      names = "--scope",
      paramLabel = "NAME",
      defaultValue = "default",
      description =
          "The name of the scope, of which all identities speak. Default: ${DEFAULT-VALUE}.")
  private String scope = "default";

  @Option(
      names = LABEL,
      paramLabel = "N",
      defaultValue = "3650",
      description = "How many days the authority lasts. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock;

  /// For the command line.
  InitCommand() {
    this(InstantSource.system());
  }

  InitCommand(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Authority authority =
        AuthorityFolder.orFail(() ->
            Authority.create(folder.path(), scope, LifeOptions.days(LABEL, days), clock.instant()));
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "created the authority of scope %s, valid until %s%n",
        authority.scope(), authority.life().validUntil());
    out.printf(
        "  %s  its certificate, which everybody may have%n",
        folder.path().resolve(Authority.CERTIFICATE_FILE));
    out.printf(
        "  %s  its private key, which stays here%n", folder.path().resolve(Authority.KEY_FILE));
    return ExitCode.OK;
  }
}
