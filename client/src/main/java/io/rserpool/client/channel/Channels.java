package io.rserpool.client.channel;

import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;

/// Opens channels, and ports that accept them.
public final class Channels {

  private Channels() {}

  /// Calls the service at an address.
  ///
  /// @throws java.net.ConnectException if nobody listens there
  /// @throws java.net.SocketTimeoutException if nobody answers in time
  /// @throws IOException with a text for people, for any other reason
  public static Channel open(TransportAddress address, Duration timeout) throws IOException {
    return open(address, timeout, SctpOptions.defaults());
  }

  /// As [#open(TransportAddress, Duration)].
  ///
  /// @param sctp timers, if it is over SCTP
  public static Channel open(TransportAddress address, Duration timeout, SctpOptions sctp)
      throws IOException {
    return switch (address.kind()) {
      case TCP -> TcpChannel.open(address, timeout);
      case SCTP -> SctpCall.open(stacks(), sctp, address, timeout);
      case UDP, UDP_LITE, DCCP, OPAQUE, NONE ->
          throw new ConnectException(
              "expected a service over TCP or SCTP, but it is over " + address.kind());
    };
  }

  /// Listens.
  ///
  /// @param kind TCP or SCTP
  /// @param addresses own addresses; none for all of them (SCTP only); TCP takes exactly one
  /// @param port 0 for any free one
  /// @throws IOException with a text for people, if the port cannot be had
  public static ServicePort listen(TransportAddress.Kind kind, List<IpAddress> addresses, int port)
      throws IOException {
    return listen(kind, addresses, port, SctpOptions.defaults());
  }

  /// As [#listen(TransportAddress.Kind, List, int)].
  ///
  /// @param sctp timers, if it is over SCTP
  public static ServicePort listen(
      TransportAddress.Kind kind, List<IpAddress> addresses, int port, SctpOptions sctp)
      throws IOException {
    return switch (kind) {
      case TCP -> TcpServicePort.open(addresses, port);
      case SCTP -> SctpServicePort.open(stacks(), sctp, addresses, port);
      case UDP, UDP_LITE, DCCP, OPAQUE, NONE ->
          throw new IOException("a service is offered over TCP or SCTP, not over " + kind);
    };
  }

  private static SctpStacks stacks() {
    return new SctpStacks(SctpStacks.installed());
  }
}
