package io.rserpool.net.kernel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Where the two ends of an association are.
///
/// @param addresses the peer's
/// @param locals the own ones that the peer knows
record Peer(List<InetAddress> addresses, int port, List<InetAddress> locals) {

  static Peer of(Collection<SocketAddress> remote, List<InetAddress> locals) {
    int port = 0;
    for (SocketAddress each : remote) {
      port = each instanceof InetSocketAddress address ? address.getPort() : port;
    }
    return new Peer(hosts(remote), port, locals);
  }

  /// In an order of their own, since the JDK gives them in none: IPv4 first, then by their text.
  static List<InetAddress> hosts(Collection<SocketAddress> addresses) {
    return addresses.stream()
        .filter(InetSocketAddress.class::isInstance)
        .map(each -> ((InetSocketAddress) each).getAddress())
        .sorted(
            Comparator.comparingInt((InetAddress each) -> each.getAddress().length)
                .thenComparing(InetAddress::getHostAddress))
        .toList();
  }
}
