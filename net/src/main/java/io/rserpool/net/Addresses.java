package io.rserpool.net;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/// Between the addresses of the JDK and ours.
final class Addresses {

  private static final List<InetAddress> LOOPBACK =
      List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));

  private Addresses() {}

  static IpAddress ip(InetSocketAddress address) {
    return IpAddress.ofBytes(address.getAddress().getAddress());
  }

  /// `address:port`, with brackets where an address has colons.
  static String text(InetSocketAddress address) {
    String host = ip(address).toString();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /// The address alone.
  static String text(InetAddress address) {
    return IpAddress.ofBytes(address.getAddress()).toString();
  }

  /// Whether all hosts are literals or `localhost`, so that no name has to be looked up.
  static boolean needNoLookup(Endpoint endpoint) {
    return endpoint.hosts().stream().allMatch(host -> isLocalhost(host) || isLiteral(host));
  }

  /// All addresses of all hosts, in order. May block unless [#needNoLookup]. `localhost` is always
  /// the
  /// own machine, whatever a name server says (RFC 6761 section 6.3).
  ///
  /// @throws UnknownHostException if a name has no address
  static List<InetAddress> resolve(Endpoint endpoint) throws UnknownHostException {
    Collection<InetAddress> all = new LinkedHashSet<>();
    for (String host : endpoint.hosts()) {
      if (isLocalhost(host)) {
        all.addAll(LOOPBACK);
      } else {
        all.addAll(List.of(InetAddress.getAllByName(host)));
      }
    }
    return new ArrayList<>(all);
  }

  private static boolean isLocalhost(String host) {
    return host.toLowerCase(Locale.ROOT).equals("localhost");
  }

  private static boolean isLiteral(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
