package io.rserpool.cli.demo;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.client.Scope;
import io.rserpool.net.tls.TlsException;
import io.rserpool.pki.Authority;
import io.rserpool.pki.PkiException;
import io.rserpool.pki.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Who the processes of the demonstration are to each other: nobody in particular, or each the holder
/// of a certificate.
sealed interface Papers {

  /// The scheme of addresses.
  String scheme();

  /// Further arguments for a process.
  List<String> arguments(Role role, String name);

  /// The scope of the client.
  Scope scope(List<String> registrars);

  /// Without TLS.
  record None() implements Papers {
    @Override
    public String scheme() {
      return "tcp";
    }

    @Override
    public List<String> arguments(Role role, String name) {
      return List.of();
    }

    @Override
    public Scope scope(List<String> registrars) {
      return Scope.of(registrars.toArray(String[]::new));
    }
  }

  /// With an authority of its own.
  ///
  /// @param authority issues for all
  /// @param directory where the certificates and keys are
  record Certified(Authority authority, Path directory) implements Papers {
    private static final Duration LIFE = Duration.ofHours(1);

    /// @param directory for its owner only
    static Certified make(Path directory) {
      try {
        return new Certified(
            Authority.create(directory, "demo", LIFE.multipliedBy(2), Instant.now()), directory);
      } catch (PkiException e) {
        throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public String scheme() {
      return "tls";
    }

    @Override
    public List<String> arguments(Role role, String name) {
      return List.of("--tls=" + issue(role, name));
    }

    @Override
    public Scope scope(List<String> registrars) {
      try {
        return Scope.of(registrars.toArray(String[]::new)).withTls(issue(Role.USER, "viewer"));
      } catch (TlsException e) {
        throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
      }
    }

    private Path issue(Role role, String name) {
      Path folder = directory.resolve(role.word() + "-" + name);
      try {
        authority.issue(role, name, role.usualHosts(), LIFE, Instant.now()).write(folder);
        return folder;
      } catch (PkiException e) {
        throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
      }
    }
  }
}
