package io.rserpool.engine.element;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import java.util.List;

/// Replaces the unspecified address, which stands for 'all own addresses' and tells a peer nothing,
/// by
/// the address by which the registrar reaches this node (RFC 5352 section 2.2.1: registered
/// addresses
/// belong to the association).
final class LocalAddress {

  private LocalAddress() {}

  /// An ASAP transport that a registrar can call, or [AsapTransport.Absent#INSTANCE] if nothing is
  /// known.
  static AsapTransport fill(AsapTransport wanted, AsapTransport local) {
    if (!isUnspecified(wanted)) {
      return wanted;
    }
    if (local.addresses().isEmpty()) {
      return AsapTransport.Absent.INSTANCE;
    }
    return switch (wanted) {
      case AsapTransport.Absent _ -> wanted;
      case AsapTransport.Tcp(_, int port, var use) ->
          new AsapTransport.Tcp(local.addresses().getFirst(), port, use);
      case AsapTransport.Sctp(_, int port, var use) ->
          new AsapTransport.Sctp(local.addresses(), port, use);
    };
  }

  /// The same for a user transport; it stays as it is if nothing is known.
  static TransportAddress fillUser(TransportAddress wanted, AsapTransport local) {
    List<IpAddress> known = local.addresses();
    if (!isUnspecified(wanted) || known.isEmpty()) {
      return wanted;
    }
    return switch (wanted) {
      case AsapTransport transport -> fill(transport, local);
      case TransportAddress.Udp(_, int port) -> new TransportAddress.Udp(known.getFirst(), port);
      case TransportAddress.UdpLite(_, int port) ->
          new TransportAddress.UdpLite(known.getFirst(), port);
      case TransportAddress.Dccp(_, int port, long serviceCode) ->
          new TransportAddress.Dccp(known.getFirst(), port, serviceCode);
      case TransportAddress.Opaque _ -> wanted;
    };
  }

  private static boolean isUnspecified(TransportAddress transport) {
    return transport.addresses().stream().anyMatch(IpAddress::isUnspecified);
  }
}
