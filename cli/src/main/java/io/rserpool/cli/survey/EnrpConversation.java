package io.rserpool.cli.survey;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.MessageFramer;
import io.rserpool.wire.WireForm;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/// Whole ENRP messages over one blocking TCP connection, all within one time limit.
final class EnrpConversation implements AutoCloseable {
  private final Socket socket;
  private final EnrpCodec codec;
  private final Duration limit;
  private final long deadlineNs;
  private final byte[] buffer = new byte[MessageFramer.SIZE_MAX];
  private int filled;

  private EnrpConversation(Socket socket, EnrpCodec codec, Duration limit, long deadlineNs) {
    this.socket = socket;
    this.codec = codec;
    this.limit = limit;
    this.deadlineNs = deadlineNs;
  }

  /// Calls a registrar.
  ///
  /// @param limit for the call and all that is said afterwards
  /// @throws IOException whose message says what happened, in words for people
  static EnrpConversation open(Endpoint registrar, Profile profile, Duration limit)
      throws IOException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(registrar.hosts().getFirst(), registrar.port()),
          Math.toIntExact(limit.toMillis()));
      return new EnrpConversation(socket, new EnrpCodec(WireForm.of(profile)), limit, deadlineNs);
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

  /// Sends one message.
  void send(EnrpMessage message) throws IOException {
    socket.getOutputStream().write(codec.encode(message));
  }

  /// Waits for the next message.
  ///
  /// @throws SocketTimeoutException when the time limit has passed
  /// @throws EOFException if the registrar ended the connection
  /// @throws IOException if the connection broke, or what came is not ENRP
  EnrpMessage receive() throws IOException {
    InputStream in = socket.getInputStream();
    while (true) {
      int size = MessageFramer.next(buffer, 0, filled, MessageFramer.SIZE_MAX);
      if (size < 0) {
        throw new IOException("what came is not ENRP: its length cannot be that of a message");
      }
      if (size > MessageFramer.NEED_MORE) {
        return take(size);
      }
      int count = read(in);
      if (count < 0) {
        throw new EOFException("it ended the connection");
      }
      filled += count;
    }
  }

  /// Whether the time limit has passed then.
  boolean isOverIn(Duration time) {
    return deadlineNs - System.nanoTime() <= time.toNanos();
  }

  private int read(InputStream in) throws IOException {
    long remainingMs = (deadlineNs - System.nanoTime()) / 1_000_000;
    try {
      if (remainingMs > 0) {
        socket.setSoTimeout(Math.toIntExact(remainingMs));
        return in.read(buffer, filled, buffer.length - filled);
      }
    } catch (SocketTimeoutException _) {
      // Told below, in other words.
    }
    throw new SocketTimeoutException("it did not answer within " + limit.toSeconds() + " s");
  }

  private EnrpMessage take(int size) throws IOException {
    Decoded<EnrpMessage> decoded = codec.decode(buffer, 0, size);
    System.arraycopy(buffer, size, buffer, 0, filled - size);
    filled -= size;
    return switch (decoded) {
      case Decoded.Message<EnrpMessage> message -> message.message();
      case Decoded.Fault<EnrpMessage> fault ->
          throw new IOException(
              "what came is not valid ENRP: at byte " + fault.offset() + ", " + fault.text());
    };
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
