package io.rserpool.cli.survey;

import io.rserpool.cli.reach.HandshakeException;
import io.rserpool.cli.reach.Reached;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.wire.MessageFramer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLException;

/// A TCP connection, with TLS or without, on which messages follow each other.
final class TcpLine implements Line {
  private final Socket socket;
  private final TlsOptions tls;
  private final byte[] buffer = new byte[MessageFramer.SIZE_MAX];
  private int filled;

  private TcpLine(Reached reached, TlsOptions tls) {
    this.socket = reached.socket();
    this.tls = tls;
  }

  static TcpLine call(Endpoint registrar, Approach approach) throws IOException {
    return new TcpLine(Reached.call(registrar, approach.tls(), approach.limit()), approach.tls());
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
        throw ended(new EOFException("it ended the connection"));
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
    try {
      return in.read(buffer, filled, buffer.length - filled);
    } catch (SSLException e) {
      // In TLS 1.3 the caller's certificate is looked at when the caller is already through.
      throw HandshakeException.of(e, Duration.ofMillis(remainingMs));
    } catch (SocketException e) {
      throw ended(e);
    }
  }

  /// Without TLS it is as it is; with it, it is most likely that nobody is to be told anything.
  private IOException ended(IOException failure) {
    return tls.isOn()
        ? HandshakeException.turnedAway(tls.credentials().identity(), failure)
        : failure;
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
