package io.rserpool.gateway.names;

import java.security.Security;
import java.time.Duration;

/// How long addresses of ordinary hosts are kept, and that a host is unknown.
///
/// @param found a negative time for ever
/// @param unknown a negative time for ever
record CacheTimes(Duration found, Duration unknown) {

  /// As the Java runtime has it where nothing is set.
  private static final int FOUND_SECONDS = 30;

  /// Switches the cache of the virtual machine off, and tells what it was set to. The runtime reads
  /// the security properties when the first lookup is done, and asks for resolvers before that: so
  /// a resolver's provider is in time, unless the program itself has touched the cache before.
  static CacheTimes takeOver() {
    CacheTimes times =
        new CacheTimes(
            seconds("networkaddress.cache.ttl", "sun.net.inetaddr.ttl", FOUND_SECONDS),
            seconds("networkaddress.cache.negative.ttl", "sun.net.inetaddr.negative.ttl", 0));
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    return times;
  }

  private static Duration seconds(String property, String fallback, int otherwise) {
    String text = Security.getProperty(property);
    if (text == null) {
      text = System.getProperty(fallback);
    }
    try {
      return Duration.ofSeconds(text == null ? otherwise : Integer.parseInt(text.strip()));
    } catch (NumberFormatException _) {
      return Duration.ofSeconds(otherwise);
    }
  }
}
