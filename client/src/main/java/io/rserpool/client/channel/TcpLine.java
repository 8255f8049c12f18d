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
final class TcpLine implements Line {

  /// How long an end in order may take before the connection is closed without it.
  private static final Duration GOODBYE_LIMIT = Duration.ofSeconds(1);

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
      TlsProof.requireElement(tls, secured.identity());
      return secured;
    } catch (SocketTimeoutException e) {
      line.abort();
      throw TlsProof.late(line);
    } catch (SSLException e) {
      line.abort();
      throw TlsProof.missing(line, String.valueOf(e.getMessage()));
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

  /// A limit beyond what a socket can be given is as good as none.
  @Override
  public int read(byte[] buffer, long limitNs) throws IOException {
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

  @Override
  public void write(byte[] bytes) throws IOException {
    isWriting = true;
    socket.getOutputStream().write(bytes);
    isWriting = false;
  }

  @Override
  public PeerIdentity identity() {
    return identity;
  }

  @Override
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    if (socket instanceof SSLSocket && !isWriting) {
      sayGoodbye();
    }
    closeQuietly(wire);
  }

  /// TLS ends with a word to the peer. It would wait with it for who writes, and for a peer that takes
  /// nothing.
  private void sayGoodbye() {
    boolean isInterrupted = Thread.interrupted();
    try {
      boolean _ =
          Thread.ofVirtual()
              .name("rserpool-goodbye")
              .start(() -> closeQuietly(socket))
              .join(GOODBYE_LIMIT);
    } catch (InterruptedException _) {
      isInterrupted = true;
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void abort() {
    reset(wire);
  }

  /// Closes a connection with a reset instead of an orderly end.
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // The connection is broken already.
    }
    closeQuietly(socket);
  }

  /// The peer's address, for people.
  @Override
  public String toString() {
    return peer;
  }
}
