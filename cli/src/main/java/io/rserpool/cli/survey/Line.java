package io.rserpool.cli.survey;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.AsapTransport;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/// Carries whole messages to a registrar and back, blocking.
interface Line extends Closeable {

  /// Calls a registrar over what its address says.
  ///
  /// @throws IOException whose message says what happened, in words for people
  static Line open(Endpoint registrar, Approach approach) throws IOException {
    return switch (registrar.scheme()) {
      case SCTP, SCTP_UDP ->
          approach.tls().isOn()
              ? TunnelLine.call(registrar, approach)
              : SctpLine.call(registrar, approach.limit());
      case TCP, TLS, IN_PROCESS -> TcpLine.call(registrar, approach);
    };
  }

  void send(byte[] message) throws IOException;

  /// Waits for the next message.
  ///
  /// @throws java.net.SocketTimeoutException when that takes longer
  /// @throws java.io.EOFException if the registrar has ended it
  byte[] receive(Duration limit) throws IOException;

  /// Where the registrar sees this side.
  AsapTransport own();

  /// Nothing more is expected of it.
  @Override
  void close();
}
