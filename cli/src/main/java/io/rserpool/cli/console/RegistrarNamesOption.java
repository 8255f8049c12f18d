package io.rserpool.cli.console;

import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.net.tls.TlsOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// What registrars are called in a scope whose certificates come from an existing authority.
public final class RegistrarNamesOption {
  @Option(
      names = "--registrar-names",
      paramLabel = "PATTERN",
      split = ",",
      converter = Names.Pattern.class,
      description =
          "With --tls, whom to believe as a registrar: the names in the certificates, with * for any"
              + " characters but a slash, separated by commas. Default: rserpool://*/registrar/*, as"
              + " rserpool pki issue names them.")
  private List<IdentityPattern> patterns = new ArrayList<>();

  /// For the command line.
  public RegistrarNamesOption() {}

  /// The same TLS with these names.
  ///
  /// @throws CommandFailure if there are names but no TLS
  public TlsOptions of(TlsOptions tls) {
    if (patterns.isEmpty()) {
      return tls;
    }
    if (!tls.isOn()) {
      throw CommandFailure.mistaken(
          "option --registrar-names is about certificates: it needs option --tls DIR");
    }
    return tls.withNames(patterns, tls.elements());
  }
}
