package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportUse;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/// What a registrar tells others of where it listens.
final class OwnAddresses {

  private OwnAddresses() {}

  /// Over TCP one transport for each address that is listened at, over SCTP one with all of them. A
  /// wildcard stands for all addresses of the machine that others can use; in-process names are nobody
  /// else's business.
  static List<AsapTransport> of(List<Endpoint> bound) {
    List<AsapTransport> transports = new ArrayList<>();
    for (Endpoint endpoint : bound) {
      switch (endpoint.scheme()) {
        // Peers have one word for both: in a scope with TLS, all of it is.
        case TCP, TLS ->
            addresses(endpoint)
                .forEach(each -> transports.add(new AsapTransport.Tcp(each, endpoint.port())));
        case SCTP, SCTP_UDP ->
            transports.add(
                new AsapTransport.Sctp(
                    addresses(endpoint), endpoint.port(), TransportUse.DATA_ONLY));
        case IN_PROCESS -> {}
      }
    }
    return transports.stream().distinct().toList();
  }

  private static List<IpAddress> addresses(Endpoint endpoint) {
    List<IpAddress> addresses = new ArrayList<>();
    for (String host : endpoint.hosts()) {
      IpAddress address = ip(InetAddress.ofLiteral(host));
      addresses.addAll(address.isUnspecified() ? ofMachine() : List.of(address));
    }
    return addresses.stream().distinct().toList();
  }

  private static List<IpAddress> ofMachine() {
    try {
      List<IpAddress> all =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .map(OwnAddresses::ip)
              .filter(address -> !address.isLinkLocal())
              .toList();
      List<IpAddress> outward = all.stream().filter(address -> !address.isLoopback()).toList();
      return outward.isEmpty() ? all : outward;
    } catch (SocketException e) {
      throw new StartException("the addresses of this machine cannot be read", e);
    }
  }

  private static IpAddress ip(InetAddress address) {
    return IpAddress.ofBytes(address.getAddress());
  }
}
