package io.rserpool.cli.console;

import io.rserpool.client.Scope;
import picocli.CommandLine.Option;

/// Whether sessions are secured, where registrars are spoken to by TLS.
public final class SessionOption {
  @Option(
      names = "--plain-sessions",
      description =
          "With --tls, do not secure what users and servers say to each other: for services that speak a"
              + " protocol of their own or secure it themselves. All users and servers of a pool have it,"
              + " or none.")
  private boolean isPlain;

  /// For the command line.
  public SessionOption() {}

  /// Whether sessions are plain although registrars are not.
  public boolean isPlain() {
    return isPlain;
  }

  /// The scope with sessions as they are wanted.
  public Scope of(Scope scope) {
    return isPlain ? scope.withPlainSessions() : scope;
  }
}
