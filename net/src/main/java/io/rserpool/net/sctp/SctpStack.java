package io.rserpool.net.sctp;

import io.rserpool.engine.Endpoint;
import java.io.IOException;
import java.util.Optional;

/// An implementation of SCTP (RFC 9260). May be used from any thread.
public interface SctpStack {

  /// The addresses that it serves: [Endpoint.Scheme#SCTP], or [Endpoint.Scheme#SCTP_UDP] for SCTP
  /// within UDP (RFC 6951).
  Endpoint.Scheme scheme();

  /// Why it cannot be used on this machine, in one sentence for people; empty if it can.
  Optional<String> obstacle();

  /// Opens a socket.
  ///
  /// @param listener is told everything that happens to the socket's associations
  /// @throws IOException if the addresses or the port cannot be had; the text is for people
  SctpSocket open(SctpOptions options, SctpListener listener) throws IOException;
}
