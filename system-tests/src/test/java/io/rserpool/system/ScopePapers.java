package io.rserpool.system;

import io.rserpool.pki.Authority;
import io.rserpool.pki.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// An authority, and what it issues, in a directory of a test.
///
/// @param authority who issues
/// @param directory where the files are
record ScopePapers(Authority authority, Path directory) {
  private static final Duration LIFE = Duration.ofHours(2);

  static ScopePapers make(Path directory, String scope) {
    return new ScopePapers(
        Authority.create(
            directory, scope, Duration.ofDays(1), Instant.now().minus(Duration.ofHours(8))),
        directory);
  }

  /// Issues what somebody needs.
  ///
  /// @return the option for it
  String issue(Role role, String name) {
    return issue(role, name, Instant.now());
  }

  /// Issues what somebody needs, as if it were that time.
  String issue(Role role, String name, Instant at) {
    Path folder = directory.resolve(role.word() + "-" + name);
    authority.issue(role, name, role.usualHosts(), LIFE, at).write(folder);
    return "--tls=" + folder;
  }

  /// Issues what an option names once more, under its feet.
  void renew(Role role, String name) {
    authority
        .issue(role, name, role.usualHosts(), LIFE, Instant.now())
        .replace(directory.resolve(role.word() + "-" + name));
  }
}
