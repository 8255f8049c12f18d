package io.rserpool.cli.console;

import io.rserpool.client.Scope;
import io.rserpool.net.tls.TlsOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How many handshakes each address may cost a server.
public final class HandshakeOption {
  private static final int MAX = 1_000_000;

  @Option(
      names = "--handshake-rate",
      paramLabel = "N",
      description =
          "With --tls, how many handshakes a second each address of users may begin, in the long run."
              + " Default: 20; more where many users come from one address.")
  private @Nullable Integer perSecond;

  @Option(
      names = "--handshake-burst",
      paramLabel = "N",
      description = "With --tls, how many of them at once. Default: 100.")
  private @Nullable Integer burst;

  /// For the command line.
  public HandshakeOption() {}

  /// The same scope with these limits.
  ///
  /// @throws CommandFailure if a limit is out of range, or there is no TLS
  public Scope of(Scope scope) {
    TlsOptions tls = scope.tls();
    int rate = limit("--handshake-rate", perSecond, tls, tls.handshakesPerSecond());
    int most = limit("--handshake-burst", burst, tls, tls.handshakesBurst());
    return tls.isOn() ? scope.withTls(tls.withHandshakes(rate, most)) : scope;
  }

  private static int limit(String option, @Nullable Integer given, TlsOptions tls, int byDefault) {
    if (given == null) {
      return byDefault;
    }
    if (given < 1 || given > MAX) {
      throw CommandFailure.mistaken(
          "option %s is a number from 1 to %d, but this is %d".formatted(option, MAX, given));
    }
    if (!tls.isOn()) {
      throw CommandFailure.mistaken(
          "option " + option + " is about handshakes of TLS: it needs option --tls DIR");
    }
    return given;
  }
}
