package io.rserpool.client.channel;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A TCP connection as the channels over TCP use it.
final class TcpLine {

  private final Socket socket;
  private final String peer;

  /// What the socket's time-out is set to, in milliseconds; 0 waits for ever.
  private int limitMs;

  TcpLine(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    peer =
        Endpoint.of(Endpoint.Scheme.TCP, socket.getInetAddress().getHostAddress(), socket.getPort())
            .toString();
  }

  static TcpLine call(TransportAddress address, Duration timeout) throws IOException {
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
    socket.getOutputStream().write(bytes);
  }

  /// Tells the peer that no more is written.
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  void close() {
    closeQuietly(socket);
  }

  void abort() {
    try {
      // Closing then sends a reset instead of an orderly end.
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
