package io.rserpool.cli.daemon;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.client.Scope;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// What the address at which a service listens means.
final class ServiceAddress {
  private ServiceAddress() {}

  /// What is written of TLS has to be what is done.
  static void requireFitting(Endpoint where, Scope scope) {
    boolean isSecured = scope.sessionTls().isOn();
    switch (where.scheme()) {
      case TLS -> {
        if (!isSecured) {
          throw CommandFailure.mistaken(
              "option --listen: "
                  + where
                  + (scope.tls().isOn()
                      ? " is secured, which --plain-sessions forbids"
                      : " needs a certificate: option --tls DIR"));
        }
      }
      case TCP, SCTP, SCTP_UDP, IN_PROCESS -> {}
    }
  }

  /// SCTP within UDP has to be asked for, since only one process of a machine can be called by it.
  static TransportAddress.Kind usual(Endpoint registrar) {
    boolean isInKernel =
        SctpStacks.installed().stream()
            .anyMatch(
                stack -> stack.scheme() == Endpoint.Scheme.SCTP && stack.obstacle().isEmpty());
    return isInKernel ? transport(registrar) : TransportAddress.Kind.TCP;
  }

  static TransportAddress.Kind transport(Endpoint endpoint) {
    return switch (endpoint.scheme()) {
      case SCTP, SCTP_UDP -> TransportAddress.Kind.SCTP;
      case TCP, TLS, IN_PROCESS -> TransportAddress.Kind.TCP;
    };
  }

  /// The addresses of its hosts.
  static List<IpAddress> hosts(Endpoint where) {
    return where.hosts().stream().map(ServiceAddress::address).toList();
  }

  private static IpAddress address(String host) {
    try {
      return IpAddress.ofBytes(InetAddress.getByName(host).getAddress());
    } catch (UnknownHostException e) {
      throw CommandFailure.mistaken(
          "option --listen needs a host that can be found, but there is no host '" + host + "'", e);
    }
  }
}
