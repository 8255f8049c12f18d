package io.rserpool.cli.console;

import io.rserpool.client.Scope;
import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.net.tls.TlsOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// What elements are called in a scope whose certificates come from an existing authority.
public final class ElementNamesOption {
  @Option(
      names = "--element-names",
      paramLabel = "PATTERN",
      split = ",",
      converter = Names.Pattern.class,
      description =
          "With --tls, whose service to use: the names in the certificates of servers, as for"
              + " --registrar-names. Default: rserpool://*/element/*.")
  private List<IdentityPattern> patterns = new ArrayList<>();

  /// For the command line.
  public ElementNamesOption() {}

  /// The same scope with these names.
  ///
  /// @throws CommandFailure if there are names but no TLS
  public Scope of(Scope scope) {
    TlsOptions tls = scope.tls();
    if (patterns.isEmpty()) {
      return scope;
    }
    if (!tls.isOn()) {
      throw CommandFailure.mistaken(
          "option --element-names is about certificates: it needs option --tls DIR");
    }
    return scope.withTls(tls.withNames(tls.registrars(), patterns));
  }
}
