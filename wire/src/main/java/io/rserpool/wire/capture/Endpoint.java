package io.rserpool.wire.capture;

import io.rserpool.protocol.IpAddress;

/// One end of a recorded conversation.
///
/// @param address from the IP header
/// @param port from the SCTP, TCP or UDP header
public record Endpoint(IpAddress address, int port) {

  /// `192.0.2.1:3863`, or `[2001:db8::1]:3863`.
  @Override
  public String toString() {
    return switch (address) {
      case IpAddress.V4 v4 -> v4 + ":" + port;
      case IpAddress.V6 v6 -> "[" + v6 + "]:" + port;
    };
  }
}
