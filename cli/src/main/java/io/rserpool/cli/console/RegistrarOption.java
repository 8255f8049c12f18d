package io.rserpool.cli.console;

import io.rserpool.client.Scope;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.Profile;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// Where a client looks for registrars.
public final class RegistrarOption {
  @Option(
      names = {"-r", "--registrar"},
      paramLabel = "ADDRESS",
      split = ",",
      converter = Addresses.Asap.class,
      defaultValue = Addresses.DEFAULT_ASAP,
      description =
          "The registrars to use, separated by commas, as tcp://host:port or, where a registrar has"
              + " several addresses, sctp://host|host:port. Default: ${DEFAULT-VALUE}.")
  private List<Endpoint> registrars = List.of();

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
    return List.copyOf(registrars);
  }

  /// The scope in which the client lives.
  public Scope scope() {
    return Scope.of(registrars()).withProfile(profile);
  }

  /// The profile of the scope.
  public Profile profile() {
    return profile;
  }

  /// The registrars as they are named in messages.
  public String describe() {
    return String.join(", ", registrars.stream().map(Endpoint::toString).toList());
  }
}
