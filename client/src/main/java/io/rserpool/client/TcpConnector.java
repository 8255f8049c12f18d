package io.rserpool.client;

import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// Sessions over TCP, data only: the service's bytes and nothing else.
final class TcpConnector implements Connector {

  @Override
  public ElementConnection connect(TransportAddress address, Duration timeout)
      throws ConnectFailure {
    if (address.kind() != TransportAddress.Kind.TCP || address.addresses().isEmpty()) {
      throw new ConnectFailure(
          FailureSource.REFUSED, "expected a TCP service, but the element has " + address.kind());
    }
    // RFC 5354 section 3.5: a TCP transport has exactly one address.
    IpAddress host = address.addresses().getFirst();
    String where = host + " port " + address.port();
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(host.toBytes()), address.port()),
          Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
      return new TcpConnection(socket);
    } catch (IOException e) {
      closeQuietly(socket);
      FailureSource source =
          switch (e) {
            case ConnectException _ -> FailureSource.REFUSED;
            case SocketTimeoutException _ -> FailureSource.CONNECT_TIMEOUT;
            default -> FailureSource.RESET;
          };
      throw new ConnectFailure(source, "connecting to " + where + ": " + e.getMessage());
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is of no use any more either way.
    }
  }

  private record TcpConnection(Socket socket) implements ElementConnection {

    @Override
    public int read(byte[] buffer) throws IOException {
      return socket.getInputStream().read(buffer);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    @Override
    public void endOutput() throws IOException {
      socket.shutdownOutput();
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
  }
}
