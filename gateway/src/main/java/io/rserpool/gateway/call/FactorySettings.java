package io.rserpool.gateway.call;

import io.rserpool.gateway.GatewaySettings;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Tells host names how the socket factories of this process find pools. Drivers look a host name
/// up before they call their factory: a process whose only setting is the factory's argument should
/// then ask the same registrars, not wait for one of this machine that may not be there.
public final class FactorySettings {

  private static final AtomicReference<@Nullable GatewaySettings> NEWEST = new AtomicReference<>();

  private FactorySettings() {}

  /// Notes the settings of a factory.
  public static void note(GatewaySettings settings) {
    NEWEST.set(settings);
  }

  /// The settings of the factory that was made last, if there was one.
  public static Optional<GatewaySettings> newest() {
    return Optional.ofNullable(NEWEST.get());
  }
}
