package io.rserpool.net;

import io.rserpool.protocol.Profile;
import java.net.InetAddress;

/// The UDP multicast channel for announcements of registrars (RFC 5352 section 8.4).
///
/// @param enabled whether it is used at all; everything works without it
/// @param group the group address, IPv4 or IPv6 literal
/// @param port the UDP port
/// @param networkInterface the name of the interface, such as `eth0`; empty for the system's choice
/// @param ttl how many routers an announcement may pass, plus one
public record MulticastOptions(
    boolean enabled, String group, int port, String networkInterface, int ttl) {

  /// The group that IANA has assigned.
  public static final String IANA_GROUP = "224.0.1.185";

  /// The group that rsplib takes unless told otherwise.
  public static final String RSPLIB_GROUP = "239.0.0.50";

  private static final int ASAP_PORT = 3863;
  private static final int RSPLIB_TTL = 30;

  /// No multicast.
  public static final MulticastOptions OFF =
      new MulticastOptions(false, IANA_GROUP, ASAP_PORT, "", RSPLIB_TTL);

  public MulticastOptions {
    if (!isMulticastLiteral(group)) {
      throw new IllegalArgumentException(
          "a multicast group is an address such as "
              + IANA_GROUP
              + ", but this is '"
              + group
              + "'");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a multicast port is 1 to 65535, but this is " + port);
    }
    if (ttl < 0 || ttl > 255) {
      throw new IllegalArgumentException("a multicast TTL is 0 to 255, but this is " + ttl);
    }
  }

  /// The group that belongs to a profile, switched on.
  public static MulticastOptions of(Profile profile) {
    String group =
        switch (profile) {
          case STANDARD, RFC -> IANA_GROUP;
          case RSPLIB -> RSPLIB_GROUP;
        };
    return new MulticastOptions(true, group, ASAP_PORT, "", RSPLIB_TTL);
  }

  private static boolean isMulticastLiteral(String text) {
    try {
      return InetAddress.ofLiteral(text).isMulticastAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  InetAddress groupAddress() {
    return InetAddress.ofLiteral(group);
  }
}
