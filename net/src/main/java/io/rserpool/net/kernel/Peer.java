package io.rserpool.net.kernel;

import com.sun.nio.sctp.SctpChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Where the two ends of an association are.
///
/// @param addresses the peer's
/// @param locals the own ones that the peer knows
record Peer(List<InetAddress> addresses, int port, List<InetAddress> locals) {

  /// For people, such as `10.0.0.1, 10.0.1.1 port 3863`.
  @Override
  public String toString() {
    return text(addresses) + " port " + port;
  }

  static String text(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
  }

  static Peer of(Collection<SocketAddress> remote, List<InetAddress> locals) {
    int port = 0;
    for (SocketAddress each : remote) {
      port = each instanceof InetSocketAddress address ? address.getPort() : port;
    }
    return new Peer(hosts(remote), port, locals);
  }

  /// With the own addresses that this channel has, if it still has any.
  Peer at(SctpChannel channel) {
    try {
      return new Peer(addresses, port, hosts(channel.getAllLocalAddresses()));
    } catch (IOException _) {
      return this;
    }
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
