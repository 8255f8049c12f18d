package io.rserpool.protocol;

import java.util.List;

/// Where something can be reached, and by which transport protocol: the transport parameters of RFC
/// 5354 sections 3.3 to 3.7 and 3.16.
public sealed interface TransportAddress
    permits AsapTransport,
        TransportAddress.Udp,
        TransportAddress.UdpLite,
        TransportAddress.Dccp,
        TransportAddress.Opaque {

  /// The transport protocols that a pool can use; a pool has exactly one.
  enum Kind {
    SCTP,
    TCP,
    UDP,
    UDP_LITE,
    DCCP,
    OPAQUE,
    /// No transport: the optional ASAP transport of a pool element is absent.
    NONE
  }

  /// Which protocol this is.
  Kind kind();

  /// All addresses, in order of preference; empty for opaque and absent transports.
  List<IpAddress> addresses();

  /// The port, 0 to 65535; 0 where there is none.
  int port();

  /// Whether the port carries data only, or control messages as well.
  default TransportUse use() {
    return TransportUse.DATA_ONLY;
  }

  /// UDP (RFC 5354 section 3.6).
  record Udp(IpAddress address, int port) implements TransportAddress {
    public Udp {
      Unsigned.require16("port", port);
    }

    @Override
    public Kind kind() {
      return Kind.UDP;
    }

    @Override
    public List<IpAddress> addresses() {
      return List.of(address);
    }
  }

  /// UDP-Lite (RFC 5354 section 3.7).
  record UdpLite(IpAddress address, int port) implements TransportAddress {
    public UdpLite {
      Unsigned.require16("port", port);
    }

    @Override
    public Kind kind() {
      return Kind.UDP_LITE;
    }

    @Override
    public List<IpAddress> addresses() {
      return List.of(address);
    }
  }

  /// DCCP (RFC 5354 section 3.3).
  ///
  /// @param serviceCode the DCCP service code, an unsigned 32-bit number
  record Dccp(IpAddress address, int port, long serviceCode) implements TransportAddress {
    public Dccp {
      Unsigned.require16("port", port);
      Unsigned.require32("service code", serviceCode);
    }

    @Override
    public Kind kind() {
      return Kind.DCCP;
    }

    @Override
    public List<IpAddress> addresses() {
      return List.of(address);
    }
  }

  /// A transport that only the pool's own members understand (RFC 5354 section 3.16).
  record Opaque(Octets octets) implements TransportAddress {
    @Override
    public Kind kind() {
      return Kind.OPAQUE;
    }

    @Override
    public List<IpAddress> addresses() {
      return List.of();
    }

    @Override
    public int port() {
      return 0;
    }
  }
}
