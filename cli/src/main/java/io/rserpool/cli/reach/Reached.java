package io.rserpool.cli.reach;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSocket;

/// A connection to a registrar over TCP, with TLS or without.
///
/// @param socket what is read and written
/// @param identity who the registrar is, as its certificate says; nobody without TLS
public record Reached(Socket socket, PeerIdentity identity) implements AutoCloseable {

  /// Calls a registrar, and shakes hands if there is TLS: then it has to prove that it is one.
  ///
  /// @param registrar where it is, over TCP
  /// @param tls whether and how the connection is secured
  /// @param limit how long that may take
  /// @return the connection
  /// @throws IOException whose message says what happened, in words for people
  public static Reached call(Endpoint registrar, TlsOptions tls, Duration limit)
      throws IOException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    Socket plain = connect(registrar, limit);
    if (!tls.isOn()) {
      return new Reached(plain, PeerIdentity.ANONYMOUS);
    }
    try {
      SSLSocket secured = tls.caller(plain, registrar.hosts().getFirst(), registrar.port());
      long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
      plain.setSoTimeout(Math.toIntExact(Math.max(1, leftMs)));
      secured.startHandshake();
      PeerIdentity peer = TlsCredentials.identityOf(secured.getSession(), Instant.now());
      HandshakeException.requireRegistrar(tls, peer);
      return new Reached(secured, peer);
    } catch (IOException e) {
      plain.close();
      throw HandshakeException.of(e, limit);
    }
  }

  private static Socket connect(Endpoint registrar, Duration limit) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(registrar.hosts().getFirst(), registrar.port()),
          Math.toIntExact(limit.toMillis()));
      return socket;
    } catch (UnknownHostException e) {
      throw failed(socket, "there is no host '" + registrar.hosts().getFirst() + "'", e);
    } catch (SocketTimeoutException e) {
      throw failed(socket, "no connection within " + limit.toSeconds() + " s", e);
    } catch (ConnectException e) {
      throw failed(socket, "nobody listens there (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      throw failed(socket, "no connection: " + e.getMessage(), e);
    }
  }

  private static IOException failed(Socket socket, String what, IOException cause)
      throws IOException {
    socket.close();
    return new IOException(what, cause);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // Nothing more is expected of this connection.
    }
  }
}
