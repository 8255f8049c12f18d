package io.rserpool.gateway;

import io.rserpool.client.Scope;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.Profile;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How a gateway finds pools and calls their elements. A value; start with [#of] or [#ofProcess].
///
/// @param scope where the pools are; its call time-out bounds every question to a registrar
/// @param names how host names name pools
/// @param connectTimeout how long the call of one element may take before the next one is tried
/// @param quietTime an element that went out of its pool is given up if nothing was heard of it for
///     so long; what still sends is left alone
public record GatewaySettings(
    Scope scope, PoolNames names, Duration connectTimeout, Duration quietTime) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration QUIET_TIME = Duration.ofMillis(250);
  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(3);

  public GatewaySettings {
    if (!connectTimeout.isPositive() || !quietTime.isPositive()) {
      throw new IllegalArgumentException(
          "connect-timeout and quiet-time are positive, but are %s and %s"
              .formatted(connectTimeout, quietTime));
    }
    for (Endpoint registrar : scope.registrars()) {
      if (registrar.hosts().stream().anyMatch(names::isPool)) {
        throw new IllegalArgumentException(
            "a registrar is found without pools, but this is " + registrar);
      }
    }
  }

  /// The defaults, in a scope.
  public static GatewaySettings of(Scope scope) {
    return new GatewaySettings(scope, PoolNames.defaults(), CONNECT_TIMEOUT, QUIET_TIME);
  }

  /// What the properties and the environment of this process say: `rserpool.registrars` (or
  /// `RSERPOOL_REGISTRARS`, and so on), `profile`, `suffix`, `pools`, `connect-timeout`,
  /// `lookup-timeout`, `quiet-time`.
  ///
  /// @throws IllegalArgumentException that says what was expected and what was given
  public static GatewaySettings ofProcess() {
    return of(SettingTexts.ofProcess());
  }

  /// What some texts say; see [#ofProcess].
  ///
  /// @throws IllegalArgumentException that says what was expected and what was given
  public static GatewaySettings of(SettingTexts texts) {
    List<String> registrars = texts.list("registrars", "tcp://localhost");
    Scope scope =
        Scope.of(registrars.toArray(String[]::new))
            .withProfile(profile(texts.text("profile", "standard")))
            .withCallTimeout(texts.time("lookup-timeout", LOOKUP_TIMEOUT));
    return new GatewaySettings(
        scope,
        new PoolNames(texts.text("suffix", PoolNames.DEFAULT_SUFFIX), texts.list("pools", "")),
        texts.time("connect-timeout", CONNECT_TIMEOUT),
        texts.time("quiet-time", QUIET_TIME));
  }

  private static Profile profile(String text) {
    for (Profile profile : Profile.values()) {
      if (profile.name().toLowerCase(Locale.ROOT).equals(text)) {
        return profile;
      }
    }
    throw new IllegalArgumentException(
        "a profile is standard, rfc or rsplib, but this is '" + text + "'");
  }
}
