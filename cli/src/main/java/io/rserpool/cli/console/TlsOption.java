package io.rserpool.cli.console;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whether a program speaks TLS, and who it is then.
public final class TlsOption {
  @Option(
      names = "--tls",
      paramLabel = "DIR",
      description =
          "Speak TLS 1.3, as whoever the certificate in this directory names: certificate.pem, key.pem"
              + " and authority.pem, as rserpool pki issue makes them. Registrars are then written"
              + " tls://host:port.")
  private @Nullable Path directory;

  @Option(
      names = "--verify-hosts",
      description =
          "With --tls, also require that the certificate of whoever is called names the host that was"
              + " called.")
  private boolean verifiesHosts;

  /// For the command line.
  public TlsOption() {}

  /// Whether TLS is wanted.
  public boolean isOn() {
    return directory != null;
  }

  /// Where the files are; nothing without TLS.
  public Optional<Path> directory() {
    return Optional.ofNullable(directory);
  }

  /// Reads the files.
  ///
  /// @throws CommandFailure that says what is wrong with them
  public TlsOptions options() {
    Path from = directory;
    if (from == null) {
      return TlsOptions.OFF;
    }
    try {
      TlsOptions options = TlsOptions.of(TlsCredentials.load(from));
      return verifiesHosts ? options.verifyingHosts() : options;
    } catch (TlsException e) {
      throw CommandFailure.mistaken("option --tls: " + e.getMessage(), e);
    }
  }

  /// The end of a sentence that says that something was refused; empty without TLS.
  public String asWhom() {
    TlsOptions tls = isOn() ? options() : TlsOptions.OFF;
    return tls.isOn()
        ? "; this is "
            + tls.credentials().identity().name()
            + ", and the registrar's log says why it may not"
        : "";
  }

  /// Refuses addresses that do not say what is spoken there.
  ///
  /// @param option the option with the addresses, or the parameter, for the message
  /// @throws CommandFailure if one is written for TLS without TLS, or the other way round
  public void requireFitting(String option, List<Endpoint> endpoints) {
    for (Endpoint endpoint : endpoints) {
      if (endpoint.scheme() == Endpoint.Scheme.TLS && !isOn()) {
        throw CommandFailure.mistaken(
            name(option) + ": " + endpoint + " needs a certificate: option --tls DIR");
      }
      if (endpoint.scheme() == Endpoint.Scheme.TCP && isOn()) {
        throw CommandFailure.mistaken(
            "%s: with option --tls an address is written tls://host:port, but this is '%s'"
                .formatted(name(option), endpoint));
      }
    }
  }

  private static String name(String option) {
    return option.startsWith("-") ? "option " + option : option;
  }
}
