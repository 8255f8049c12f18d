package io.rserpool.cli.console;

import io.rserpool.client.Scope;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Profile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Where a client looks for registrars.
public final class RegistrarOption {
  @Option(
      names = {"-r", "--registrar"},
      paramLabel = "ADDRESS",
      split = ",",
      converter = Addresses.Asap.class,
      description =
          "The registrars to use, separated by commas, as tcp://host:port (tls://host:port with --tls)"
              + " or, where a registrar has several addresses, sctp://host|host:port. Default: "
              + Addresses.DEFAULT_ASAP
              + ", with --tls "
              + Addresses.DEFAULT_TLS_ASAP
              + ".")
  private @Nullable List<Written> registrars;

  @Mixin private final TlsOption tls = new TlsOption();

  @Mixin private final RegistrarNamesOption names = new RegistrarNamesOption();

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      converter = ProfileConverter.class,
      completionCandidates = ProfileConverter.Names.class,
      defaultValue = "standard",
      description =
          "The behaviour that the whole scope shares: standard, rfc or rsplib."
              + " Default: ${DEFAULT-VALUE}.")
  private Profile profile = Profile.STANDARD;

  /// That of a command, if it has one.
  static Optional<RegistrarOption> of(CommandSpec command) {
    for (CommandSpec mixin : command.mixins().values()) {
      if (mixin.userObject() instanceof RegistrarOption option) {
        return Optional.of(option);
      }
      Optional<RegistrarOption> inner = of(mixin);
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }

  /// The registrars, at least one.
  public List<Endpoint> registrars() {
    List<Written> given = registrars;
    if (given != null) {
      return Written.all(given, tls.isOn());
    }
    String byDefault = tls.isOn() ? Addresses.DEFAULT_TLS_ASAP : Addresses.DEFAULT_ASAP;
    return List.of(Endpoint.parse(byDefault, 0));
  }

  /// The scope in which the client lives.
  ///
  /// @throws CommandFailure if the registrars' addresses and TLS do not fit, or its files cannot be used
  public Scope scope() {
    tls.requireFitting("--registrar", registrars());
    return Scope.of(registrars()).withProfile(profile).withTls(tlsOptions());
  }

  /// Whether registrars are spoken to by TLS, and as whom.
  public TlsOption tls() {
    return tls;
  }

  /// How registrars are spoken to.
  ///
  /// @throws CommandFailure if the files of TLS cannot be used
  public TlsOptions tlsOptions() {
    return names.of(tls.options());
  }

  /// The profile of the scope.
  public Profile profile() {
    return profile;
  }

  /// The registrars as they are named in messages.
  public String describe() {
    return String.join(", ", registrars().stream().map(Endpoint::toString).toList());
  }
}
