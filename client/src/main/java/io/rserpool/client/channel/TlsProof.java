package io.rserpool.client.channel;

import static java.util.stream.Collectors.joining;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.net.tunnel.PlainAlert;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;

/// What a user wants to be proved by the service that it has called, and what it says if it is not.
final class TlsProof {

  /// What is wrong with a service that answers the first plain word with an alert of TLS.
  static final String SPEAKS_TLS =
      " speaks TLS, but this user's sessions are plain: users and servers of a pool secure them or none"
          + " of them does";

  private static final int HANDSHAKE = 22;
  private static final int MAJOR_VERSION = 3;
  private static final int RECORD_HEADER_SIZE = 5;

  private TlsProof() {}

  /// Only elements of the scope are believed to serve.
  static void requireElement(TlsOptions tls, PeerIdentity peer) throws SSLException {
    if (!tls.isElement(peer)) {
      throw new SSLException(
          "expected an element's certificate (%s), but it has that of %s"
              .formatted(
                  tls.elements().stream().map(Object::toString).collect(joining(", ")),
                  peer.name()));
    }
  }

  /// @param service the address of whoever was called
  static ConnectException missing(Object service, String reason) {
    return new ConnectException(
        service + " is not who is to be there, or its sessions are plain: " + reason);
  }

  static SocketTimeoutException late(Object service) {
    return new SocketTimeoutException(
        service
            + " took the call, but did not shake hands in time: it is frozen, or speaks no TLS");
  }

  /// Whether somebody who was spoken to plainly expected TLS.
  static boolean isAlert(byte[] bytes, int count) {
    return PlainAlert.is(bytes, count);
  }

  /// Whether somebody begins a handshake.
  static boolean isHandshake(byte[] bytes) {
    return bytes.length > RECORD_HEADER_SIZE && bytes[0] == HANDSHAKE && bytes[1] == MAJOR_VERSION;
  }
}
