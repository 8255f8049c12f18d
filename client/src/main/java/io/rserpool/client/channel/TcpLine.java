package io.rserpool.client.channel;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// A TCP connection as the channels over TCP use it, with or without TLS.
final class TcpLine {

  /// What is wrong with a service that answers the first plain word with an alert of TLS.
  static final String SPEAKS_TLS =
      " speaks TLS, but this user's sessions are plain: users and servers of a pool secure them or none"
          + " of them does";

  /// What is read and written: the connection itself, or what deciphers it.
  private final Socket socket;

  /// The connection.
  private final Socket wire;

  private final String peer;
  private final PeerIdentity identity;

  /// Whether somebody writes: an end in order would have to wait for him.
  private volatile boolean isWriting;

  /// What the socket's time-out is set to, in milliseconds; 0 waits for ever.
  private int limitMs;

  TcpLine(Socket socket) throws IOException {
    this(socket, socket, Endpoint.Scheme.TCP, PeerIdentity.ANONYMOUS);
  }

  private TcpLine(Socket socket, Socket wire, Endpoint.Scheme scheme, PeerIdentity identity)
      throws IOException {
    this.socket = socket;
    this.wire = wire;
    this.identity = identity;
    wire.setTcpNoDelay(true);
    peer = Endpoint.of(scheme, wire.getInetAddress().getHostAddress(), wire.getPort()).toString();
  }

  /// Shakes hands on a connection.
  ///
  /// @param limit how long that may take
  /// @throws SSLException if the peer is not who it has to be
  static TcpLine secured(Socket wire, SSLSocket socket, Duration limit) throws IOException {
    wire.setTcpNoDelay(true);
    wire.setSoTimeout(Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE));
    socket.startHandshake();
    wire.setSoTimeout(0);
    PeerIdentity identity = TlsCredentials.identityOf(socket.getSession(), Instant.now());
    return new TcpLine(socket, wire, Endpoint.Scheme.TLS, identity);
  }

  static TcpLine call(TransportAddress address, Duration timeout, TlsOptions tls)
      throws IOException {
    long startNs = System.nanoTime();
    TcpLine line = call(address, timeout);
    if (!tls.isOn()) {
      return line;
    }
    try {
      String host = address.addresses().getFirst().toString();
      SSLSocket socket = tls.caller(line.wire, host, address.port());
      TcpLine secured = secured(line.wire, socket, timeout.minusNanos(System.nanoTime() - startNs));
      if (!tls.isElement(secured.identity())) {
        throw new SSLException(
            "expected an element's certificate, but it has that of " + secured.identity().name());
      }
      return secured;
    } catch (SocketTimeoutException e) {
      line.abort();
      throw new SocketTimeoutException(
          line + " took the call, but did not shake hands in time: it is frozen, or speaks no TLS");
    } catch (SSLException e) {
      line.abort();
      throw new ConnectException(
          line + " is not who is to be there, or its sessions are plain: " + e.getMessage());
    } catch (IOException e) {
      line.abort();
      throw e;
    }
  }

  private static TcpLine call(TransportAddress address, Duration timeout) throws IOException {
    // RFC 5354 section 3.5: a TCP transport has exactly one address.
    IpAddress host = address.addresses().getFirst();
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(host.toBytes()), address.port()),
          Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
      return new TcpLine(socket);
    } catch (IOException e) {
      closeQuietly(socket);
      String text = "connecting to " + host + " port " + address.port() + ": " + e.getMessage();
      throw switch (e) {
        case ConnectException _ -> new ConnectException(text);
        case SocketTimeoutException _ -> new SocketTimeoutException(text);
        default -> new IOException(text, e);
      };
    }
  }

  static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception _) {
      // It is of no use any more either way.
    }
  }

  /// Whether somebody who was spoken to plainly expected TLS: what he says is one fatal alert (RFC 8446
  /// section 6), a record of seven bytes.
  static boolean isAlert(byte[] bytes, int count) {
    return count == 7
        && bytes[0] == 21
        && bytes[1] == 3
        && bytes[3] == 0
        && bytes[4] == 2
        && bytes[5] == 2;
  }

  /// Reads what is there, waiting for something.
  ///
  /// @param limitNs a millisecond at least; one beyond what a socket can be given is as good as
  ///     none
  /// @return how many bytes, 0 if none came in time, -1 at the end
  int read(byte[] buffer, long limitNs) throws IOException {
    long ms = TimeUnit.NANOSECONDS.toMillis(limitNs);
    int wantedMs = ms > Integer.MAX_VALUE ? 0 : (int) Math.max(1, ms);
    if (wantedMs != limitMs) {
      socket.setSoTimeout(wantedMs);
      limitMs = wantedMs;
    }
    try {
      return socket.getInputStream().read(buffer);
    } catch (SocketTimeoutException _) {
      return 0;
    }
  }

  /// Writes all of it, waiting while the connection takes none.
  void write(byte[] bytes) throws IOException {
    isWriting = true;
    socket.getOutputStream().write(bytes);
    isWriting = false;
  }

  /// Who is at the other end.
  PeerIdentity identity() {
    return identity;
  }

  /// Tells the peer that no more is written.
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Ends the connection; wakes whoever reads or writes.
  void close() {
    if (!isWriting) {
      // TLS says goodbye, and would wait with it for who writes.
      closeQuietly(socket);
    }
    closeQuietly(wire);
  }

  void abort() {
    try {
      // Closing then sends a reset instead of an orderly end.
      wire.setSoLinger(true, 0);
    } catch (IOException _) {
      // The connection is broken already.
    }
    closeQuietly(wire);
  }

  /// The peer's address, for people.
  @Override
  public String toString() {
    return peer;
  }
}
