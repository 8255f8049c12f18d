package io.rserpool.client;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.IpAddress;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// Finds the own address by which the registrars' network reaches this machine.
final class OwnAddress {

  private OwnAddress() {}

  /// The address from which this machine would call the first registrar that has a route; loopback
  /// if none has. Nothing is sent.
  static IpAddress towards(List<Endpoint> registrars) {
    for (Endpoint registrar : registrars) {
      if (registrar.scheme() == Endpoint.Scheme.IN_PROCESS) {
        continue;
      }
      for (String host : registrar.hosts()) {
        try (DatagramSocket socket = new DatagramSocket()) {
          // Connecting a datagram socket only asks the routing table.
          socket.connect(
              new InetSocketAddress(InetAddress.getByName(host), Math.max(1, registrar.port())));
          InetAddress own = socket.getLocalAddress();
          if (!own.isAnyLocalAddress()) {
            return IpAddress.ofBytes(own.getAddress());
          }
        } catch (IOException _) {
          // No such name, or no route: the next one may have.
        }
      }
    }
    return IpAddress.ofBytes(InetAddress.getLoopbackAddress().getAddress());
  }
}
