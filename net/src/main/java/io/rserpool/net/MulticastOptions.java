package io.rserpool.net;

import io.rserpool.protocol.Profile;
import java.net.InetAddress;

/// A UDP multicast channel: for announcements of registrars (RFC 5352 section 8.4), or for their
/// presences among themselves.
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

  /// The group in which rsplib's registrars find each other. No RFC has one (RFC 5351 section 3.1
  /// mentions it only), so that other profiles take the same.
  public static final String PRESENCE_GROUP = "239.0.0.51";

  private static final int ASAP_PORT = 3863;
  private static final int ENRP_PORT = 9901;
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

  /// The group in which registrars find each other: on in profile `rsplib`, off in the others, whose
  /// registrars know each other from the start.
  public static MulticastOptions ofPresence(Profile profile) {
    boolean enabled =
        switch (profile) {
          case STANDARD, RFC -> false;
          case RSPLIB -> true;
        };
    return new MulticastOptions(enabled, PRESENCE_GROUP, ENRP_PORT, "", RSPLIB_TTL);
  }

  /// The same, switched on or off.
  public MulticastOptions withEnabled(boolean newEnabled) {
    return new MulticastOptions(newEnabled, group, port, networkInterface, ttl);
  }

  /// The same with another group address.
  public MulticastOptions withGroup(String newGroup) {
    return new MulticastOptions(enabled, newGroup, port, networkInterface, ttl);
  }

  /// The same with another port.
  public MulticastOptions withPort(int newPort) {
    return new MulticastOptions(enabled, group, newPort, networkInterface, ttl);
  }

  /// The same on another interface.
  public MulticastOptions withNetworkInterface(String newInterface) {
    return new MulticastOptions(enabled, group, port, newInterface, ttl);
  }

  /// The same with another TTL.
  public MulticastOptions withTtl(int newTtl) {
    return new MulticastOptions(enabled, group, port, networkInterface, newTtl);
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
