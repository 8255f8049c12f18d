package io.rserpool.cli.survey;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.wire.MessageFramer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;

/// A TCP connection, on which messages follow each other.
final class TcpLine implements Line {
  private final Socket socket;
  private final byte[] buffer = new byte[MessageFramer.SIZE_MAX];
  private int filled;

  private TcpLine(Socket socket) {
    this.socket = socket;
  }

  static TcpLine call(Endpoint registrar, Duration limit) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(registrar.hosts().getFirst(), registrar.port()),
          Math.toIntExact(limit.toMillis()));
      return new TcpLine(socket);
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
  public void send(byte[] message) throws IOException {
    socket.getOutputStream().write(message);
  }

  @Override
  public byte[] receive(Duration limit) throws IOException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    InputStream in = socket.getInputStream();
    while (true) {
      int size = MessageFramer.next(buffer, 0, filled, MessageFramer.SIZE_MAX);
      if (size < 0) {
        throw new IOException("what came is not ENRP: its length cannot be that of a message");
      }
      if (size > MessageFramer.NEED_MORE) {
        return take(size);
      }
      int count = read(in, deadlineNs);
      if (count < 0) {
        throw new EOFException("it ended the connection");
      }
      filled += count;
    }
  }

  private int read(InputStream in, long deadlineNs) throws IOException {
    long remainingMs = (deadlineNs - System.nanoTime()) / 1_000_000;
    if (remainingMs <= 0) {
      throw new SocketTimeoutException();
    }
    socket.setSoTimeout(Math.toIntExact(remainingMs));
    return in.read(buffer, filled, buffer.length - filled);
  }

  private byte[] take(int size) {
    byte[] message = Arrays.copyOf(buffer, size);
    System.arraycopy(buffer, size, buffer, 0, filled - size);
    filled -= size;
    return message;
  }

  @Override
  public AsapTransport own() {
    return new AsapTransport.Tcp(
        IpAddress.ofBytes(socket.getLocalAddress().getAddress()), socket.getLocalPort());
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
