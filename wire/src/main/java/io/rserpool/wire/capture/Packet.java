package io.rserpool.wire.capture;

import io.rserpool.protocol.IpAddress;
import java.time.Instant;

/// What one IP packet carries, after the IP header.
///
/// @param protocol the IP protocol number: 6 TCP, 17 UDP, 132 SCTP
/// @param payload from the transport header on
record Packet(
    int frame, Instant time, IpAddress source, IpAddress destination, int protocol, Slice payload) {

  static final int TCP = 6;
  static final int UDP = 17;
  static final int SCTP = 132;

  /// The same packet one layer further in.
  Packet inner(int innerProtocol, Slice innerPayload) {
    return new Packet(frame, time, source, destination, innerProtocol, innerPayload);
  }

  /// The sending end; all three transport headers start with the two ports.
  Endpoint sourceEndpoint() {
    return new Endpoint(source, payload.u16(0));
  }

  Endpoint destinationEndpoint() {
    return new Endpoint(destination, payload.u16(2));
  }
}
