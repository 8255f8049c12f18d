package io.rserpool.net.gate;

import io.rserpool.net.tls.TlsOptions;

/// What one address, and all together, may cost whoever listens.
///
/// @param perSecond new connections of one address, in the long run
/// @param burst new connections of one address in a burst
/// @param silentPerAddressMax connections of one address that have not said anything yet, or have not
///     proved who they are, at once
/// @param silentMax the same of all addresses together
/// @param associationsMax connections at once
/// @param limitsLoopback whether the own machine is limited as well
public record GateLimits(
    int perSecond,
    int burst,
    int silentPerAddressMax,
    int silentMax,
    int associationsMax,
    boolean limitsLoopback) {

  /// All limits are positive.
  public GateLimits {
    if (perSecond < 1
        || burst < 1
        || silentPerAddressMax < 1
        || silentMax < 1
        || associationsMax < 1) {
      throw new IllegalArgumentException(
          "limits of connections are at least 1, but these are %d, %d, %d, %d and %d"
              .formatted(perSecond, burst, silentPerAddressMax, silentMax, associationsMax));
    }
  }

  private static final int SILENT_PER_ADDRESS_MAX = 64;
  private static final int SILENT_MAX = 1_024;

  /// The limits of a port of which nothing is known but that each connection begins with a handshake.
  public static GateLimits ofHandshakes(TlsOptions tls) {
    return new GateLimits(
        tls.handshakesPerSecond(),
        tls.handshakesBurst(),
        SILENT_PER_ADDRESS_MAX,
        SILENT_MAX,
        Integer.MAX_VALUE,
        false);
  }

  /// The same where each connection begins with a handshake, which costs more: at most as many of one
  /// address as TLS has.
  public GateLimits with(TlsOptions tls) {
    return tls.isOn()
        ? new GateLimits(
            Math.min(perSecond, tls.handshakesPerSecond()),
            Math.min(burst, tls.handshakesBurst()),
            silentPerAddressMax,
            silentMax,
            associationsMax,
            limitsLoopback)
        : this;
  }
}
