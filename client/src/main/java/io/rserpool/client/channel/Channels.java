package io.rserpool.client.channel;

import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;

/// Opens channels, and ports that accept them.
public final class Channels {

  private Channels() {}

  /// Calls the service at an address. Over TCP its use decides: data only is the plain byte stream,
  /// and with a control channel there is a framing, whose other end has answered when this returns.
  ///
  /// @param address where users reach the service
  /// @param timeout how long to wait at most
  /// @return the channel
  /// @throws java.net.ConnectException if nobody listens there
  /// @throws java.net.SocketTimeoutException if nobody answers in time
  /// @throws IOException with a text for people, for any other reason
  public static Channel open(TransportAddress address, Duration timeout) throws IOException {
    return open(address, timeout, SctpOptions.defaults());
  }

  /// As [#open(TransportAddress, Duration)].
  ///
  /// @param address where users reach the service
  /// @param timeout how long to wait at most
  /// @param sctp timers, if it is over SCTP
  /// @return the channel
  /// @throws IOException if that fails: the conversation is broken then, or never began
  public static Channel open(TransportAddress address, Duration timeout, SctpOptions sctp)
      throws IOException {
    return open(address, timeout, sctp, TlsOptions.OFF);
  }

  /// As [#open(TransportAddress, Duration)], secured.
  ///
  /// @param address where users reach the service
  /// @param timeout how long to wait at most, handshake and all
  /// @param sctp timers, if it is over SCTP
  /// @param tls whether the channel is secured. Over SCTP, TLS has one stream in each direction: messages
  ///     are in order then, all on stream 0
  /// @return the channel
  /// @throws java.net.ConnectException also if the service does not prove who it is
  /// @throws IOException if that fails: the conversation is broken then, or never began
  public static Channel open(
      TransportAddress address, Duration timeout, SctpOptions sctp, TlsOptions tls)
      throws IOException {
    return switch (address.kind()) {
      case TCP ->
          switch (address.use()) {
            case DATA_ONLY -> TcpChannel.open(address, timeout, tls);
            case DATA_PLUS_CONTROL -> FramedChannel.open(address, timeout, tls);
          };
      case SCTP -> SctpCall.open(stacks(), sctp, address, timeout, tls);
      case UDP, UDP_LITE, DCCP, OPAQUE, NONE ->
          throw new ConnectException(
              "expected a service over TCP or SCTP, but it is over " + address.kind());
    };
  }

  /// Listens; over TCP for data only, over SCTP with a control channel as well.
  ///
  /// @param kind TCP or SCTP
  /// @param addresses own addresses; none for all of them (SCTP only); TCP takes exactly one
  /// @param port 0 for any free one
  /// @return the service port
  /// @throws IOException with a text for people, if the port cannot be had
  public static ServicePort listen(TransportAddress.Kind kind, List<IpAddress> addresses, int port)
      throws IOException {
    return listen(kind, addresses, port, SctpOptions.defaults());
  }

  /// As [#listen(TransportAddress.Kind, List, int)].
  ///
  /// @param kind the transport of the service
  /// @param addresses own addresses; none for all of them
  /// @param port where the service listens, 1 to 65535
  /// @param sctp timers, if it is over SCTP
  /// @return the service port
  /// @throws IOException if that fails: the conversation is broken then, or never began
  public static ServicePort listen(
      TransportAddress.Kind kind, List<IpAddress> addresses, int port, SctpOptions sctp)
      throws IOException {
    TransportUse use =
        kind == TransportAddress.Kind.SCTP
            ? TransportUse.DATA_PLUS_CONTROL
            : TransportUse.DATA_ONLY;
    return listen(kind, use, addresses, port, sctp);
  }

  /// As [#listen(TransportAddress.Kind, List, int)].
  ///
  /// @param kind the transport of the service
  /// @param use whether there is a control channel, which all elements of a pool have or none. Over
  ///     TCP
  ///     it needs profile `standard` or `rsplib`, since transport addresses of `rfc` cannot say so
  /// @param addresses own addresses; none for all of them
  /// @param port where the service listens, 1 to 65535
  /// @param sctp timers, if it is over SCTP
  /// @return the service port
  /// @throws IOException if that fails: the conversation is broken then, or never began
  public static ServicePort listen(
      TransportAddress.Kind kind,
      TransportUse use,
      List<IpAddress> addresses,
      int port,
      SctpOptions sctp)
      throws IOException {
    return listen(kind, use, addresses, port, sctp, TlsOptions.OFF);
  }

  /// As [#listen(TransportAddress.Kind, TransportUse, List, int, SctpOptions)], secured.
  ///
  /// @param kind the transport of the service
  /// @param use whether there is a control channel
  /// @param addresses own addresses; none for all of them
  /// @param port where the service listens, 0 for any free one
  /// @param sctp timers, if it is over SCTP
  /// @param tls whether channels are secured. Users need no certificate; those with one have an
  ///     [Channel#identity]. Each address may begin as many handshakes as TLS allows it
  /// @return the service port
  /// @throws IOException with a text for people, if the port cannot be had
  public static ServicePort listen(
      TransportAddress.Kind kind,
      TransportUse use,
      List<IpAddress> addresses,
      int port,
      SctpOptions sctp,
      TlsOptions tls)
      throws IOException {
    return switch (kind) {
      case TCP -> {
        TcpServicePort plain = TcpServicePort.open(use, addresses, port);
        yield tls.isOn() ? new TlsServicePort(plain, tls) : plain;
      }
      case SCTP -> {
        SctpServicePort plain = SctpServicePort.open(stacks(), sctp, use, addresses, port);
        yield tls.isOn() ? new TlsServicePort(plain, tls) : plain;
      }
      case UDP, UDP_LITE, DCCP, OPAQUE, NONE ->
          throw new IOException("a service is offered over TCP or SCTP, not over " + kind);
    };
  }

  private static SctpStacks stacks() {
    return new SctpStacks(SctpStacks.installed());
  }
}
