package io.rserpool.client.channel;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapMessage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

/// A channel over TCP, data only: the service's bytes and nothing else.
final class TcpChannel implements Channel {

  private static final int READ_SIZE = 16 * 1024;

  private final Socket socket;
  private final String peer;
  private final byte[] buffer = new byte[READ_SIZE];

  /// What the socket's time-out is set to, in milliseconds; 0 waits for ever.
  private int limitMs;

  TcpChannel(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    peer =
        Endpoint.of(Endpoint.Scheme.TCP, socket.getInetAddress().getHostAddress(), socket.getPort())
            .toString();
  }

  static TcpChannel open(TransportAddress address, Duration timeout) throws IOException {
    // RFC 5354 section 3.5: a TCP transport has exactly one address.
    IpAddress host = address.addresses().getFirst();
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(host.toBytes()), address.port()),
          Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
      return new TcpChannel(socket);
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

  @Override
  public boolean keepsMessages() {
    return false;
  }

  @Override
  public boolean hasControl() {
    return false;
  }

  @Override
  public Incoming receive(Duration limit) throws IOException {
    int wantedMs = timeoutOf(limit);
    if (wantedMs != limitMs) {
      socket.setSoTimeout(wantedMs);
      limitMs = wantedMs;
    }
    try {
      int count = socket.getInputStream().read(buffer);
      return count < 0 ? Incoming.End.END : new UserMessage(Arrays.copyOf(buffer, count), 0);
    } catch (SocketTimeoutException _) {
      return Incoming.Silence.SILENCE;
    }
  }

  /// A limit beyond what a socket can be given is as good as none.
  private static int timeoutOf(Duration limit) {
    long ms = limit.toMillis();
    return ms > Integer.MAX_VALUE ? 0 : (int) Math.max(1, ms);
  }

  @Override
  public void send(UserMessage message) throws IOException {
    socket.getOutputStream().write(message.bytes());
  }

  @Override
  public void sendControl(AsapMessage message) {
    throw new IllegalStateException(
        "expected a transport with a control channel, but " + peer + " is reached by plain TCP");
  }

  @Override
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public String peer() {
    return peer;
  }

  @Override
  public void close() {
    closeQuietly(socket);
  }

  @Override
  public void abort() {
    try {
      // Closing then sends a reset instead of an orderly end.
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // The connection is broken already.
    }
    closeQuietly(socket);
  }

  @Override
  public String toString() {
    return peer;
  }
}
