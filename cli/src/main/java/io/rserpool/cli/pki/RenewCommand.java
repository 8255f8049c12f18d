package io.rserpool.cli.pki;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.pki.Authority;
import io.rserpool.pki.Credentials;
import io.rserpool.pki.PkiException;
import io.rserpool.pki.Renewal;
import io.rserpool.pki.Role;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Renews certificates in time.
@Command(
    name = "renew",
    header = "Renew certificates of whose life two thirds are over.",
    description =
        "Replaces certificate and key in their folder: same identity, same hosts, same length of"
            + " life, new key. Programs that use the folder notice it while they run; folders on"
            + " other machines have to be copied again. A key that does not match its certificate"
            + " is replaced as well. Ends with 1 if something could not be renewed.",
    footer = {
      "",
      "Examples:",
      "  $ rserpool pki renew u1 --force",
      "  renewed rserpool://default/user/u1 in pki/user-u1, valid until 2026-11-30T15:00:00Z",
      "",
      "  $ rserpool pki renew --watch"
    })
final class RenewCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description =
          "Whose certificates: names, ROLE-NAME where a name has several roles, or folders.")
  private List<String> names = List.of();

  @Mixin private final AuthorityFolder folder = new AuthorityFolder();

  @Option(names = "--all", description = "All that are in the folder of the authority.")
  private boolean all;

  @Option(names = "--force", description = "Renew them although they are still good.")
  private boolean force;

  @Option(
      names = "--watch",
      description =
          "Stay, and renew each when its time has come; all if no name is given. Looks every hour"
              + " at least.")
  private boolean watch;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final InstantSource clock;
  private final RenewalWatch.Pause pause;

  /// For the command line.
  RenewCommand() {
    this(InstantSource.system(), RenewalWatch.Pause.SLEEP);
  }

  RenewCommand(InstantSource clock, RenewalWatch.Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public Integer call() {
    if (names.isEmpty() && !all && !watch) {
      throw CommandFailure.mistaken("expected a NAME, --all or --watch, but there is none of them");
    }
    if (!names.isEmpty() && all) {
      throw CommandFailure.mistaken("expected either names or --all, but there are both");
    }
    Look first = look(force, true);
    if (watch) {
      new RenewalWatch(clock, pause).run(first.next(), () -> look(false, false).next());
    }
    return first.complete() ? ExitCode.OK : ExitCode.FAILED;
  }

  /// What became of looking at all of them once.
  ///
  /// @param complete whether nothing failed
  /// @param next when to look again
  private record Look(boolean complete, Instant next) {}

  /// @param told whether also what is not due is told
  private Look look(boolean forced, boolean told) {
    boolean complete = true;
    Instant next = Instant.MAX;
    try {
      Authority authority = Authority.open(folder.path());
      for (Path target : targets()) {
        try {
          Renewal renewal = Renewal.renew(authority, target, forced, clock.instant());
          tell(renewal, told);
          next = renewal.next().isBefore(next) ? renewal.next() : next;
        } catch (PkiException e) {
          complain(e);
          complete = false;
        }
      }
    } catch (PkiException e) {
      complain(e);
      complete = false;
    }
    return new Look(complete, next);
  }

  private void complain(PkiException e) {
    spec.commandLine().getErr().println(spec.qualifiedName(" ") + ": " + e.getMessage());
  }

  private void tell(Renewal renewal, boolean told) {
    PrintWriter out = spec.commandLine().getOut();
    String owner = renewal.certificate().owner();
    Path where = renewal.folder();
    Instant until = renewal.certificate().life().validUntil();
    switch (renewal.result()) {
      case RENEWED -> out.printf("renewed %s in %s, valid until %s%n", owner, where, until);
      case REPAIRED ->
          out.printf(
              "renewed %s in %s, whose key did not match, valid until %s%n", owner, where, until);
      case NOT_DUE -> {
        if (told) {
          out.printf(
              "kept %s in %s, valid until %s, to be renewed from %s on%n",
              owner, where, until, renewal.next());
        }
      }
      case ENDS_WITH_AUTHORITY -> {
        if (told) {
          out.printf(
              "kept %s in %s, valid until %s, when its authority expires: make a new authority%n",
              owner, where, until);
        }
      }
    }
    out.flush();
  }

  private List<Path> targets() {
    return names.isEmpty()
        ? Credentials.foldersIn(folder.path())
        : names.stream().map(this::target).toList();
  }

  private Path target(String name) {
    List<Path> inside =
        Credentials.foldersIn(folder.path()).stream()
            .filter(each -> isOf(name, String.valueOf(each.getFileName())))
            .toList();
    if (inside.size() == 1) {
      return inside.getFirst();
    }
    if (inside.size() > 1) {
      throw CommandFailure.mistaken(
          "expected one certificate of '%s', but there are %s".formatted(name, inside));
    }
    if (Files.exists(Path.of(name).resolve(Credentials.CERTIFICATE_FILE))) {
      return Path.of(name);
    }
    throw CommandFailure.failed(
        "expected a certificate of '%s' in %s, but there is none".formatted(name, folder.path()));
  }

  private static boolean isOf(String name, String folderName) {
    return folderName.equals(name)
        || Arrays.stream(Role.values())
            .anyMatch(role -> folderName.equals(role.word() + "-" + name));
  }
}
