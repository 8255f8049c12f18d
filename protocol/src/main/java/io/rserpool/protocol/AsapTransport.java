package io.rserpool.protocol;

import java.util.List;

/// Where an ASAP or ENRP endpoint itself can be reached: SCTP, or TCP by our mapping, or not given
/// (RFC 5354 sections 3.10 and 3.11). The same two serve as user transports.
public sealed interface AsapTransport extends TransportAddress
    permits AsapTransport.Sctp, AsapTransport.Tcp, AsapTransport.Absent {

  /// SCTP, possibly multi-homed: several addresses, one port (RFC 5354 section 3.4).
  ///
  /// @param addresses one or more addresses, IPv4 and IPv6 may be mixed
  /// @param port 0 to 65535
  /// @param use what the port carries
  record Sctp(List<IpAddress> addresses, int port, TransportUse use) implements AsapTransport {
    public Sctp {
      Unsigned.require16("port", port);
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("an SCTP transport needs one address or more");
      }
    }

    @Override
    public Kind kind() {
      return Kind.SCTP;
    }
  }

  /// TCP (RFC 5354 section 3.5). As an ASAP transport, port 0 says that nobody can call the
  /// element.
  ///
  /// @param use [TransportUse#DATA_ONLY] by the RFC; profiles `standard` and `rsplib` use the
  ///     reserved
  ///     half-word for the transport use
  record Tcp(IpAddress address, int port, TransportUse use) implements AsapTransport {
    public Tcp {
      Unsigned.require16("port", port);
    }

    /// TCP for data only.
    public Tcp(IpAddress address, int port) {
      this(address, port, TransportUse.DATA_ONLY);
    }

    @Override
    public Kind kind() {
      return Kind.TCP;
    }

    @Override
    public List<IpAddress> addresses() {
      return List.of(address);
    }
  }

  /// The absent optional parameter; never a user transport.
  record Absent() implements AsapTransport {
    /// The one absent transport.
    public static final Absent INSTANCE = new Absent();

    @Override
    public Kind kind() {
      return Kind.NONE;
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
