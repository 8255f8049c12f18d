package io.rserpool.cli.dump;

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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// Whole ENRP messages over one blocking TCP connection, all within one time limit.
final class EnrpConversation implements AutoCloseable {
  private final Socket socket;
  private final EnrpCodec codec;
  private final long deadlineNs;
  private final byte[] buffer = new byte[MessageFramer.SIZE_MAX];
  private int filled;

  private EnrpConversation(Socket socket, EnrpCodec codec, long deadlineNs) {
    this.socket = socket;
    this.codec = codec;
    this.deadlineNs = deadlineNs;
  }

  /// Calls a registrar.
  ///
  /// @param limit for the call and all that is said afterwards
  static EnrpConversation open(Endpoint registrar, Profile profile, Duration limit)
      throws IOException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(registrar.hosts().getFirst(), registrar.port()),
          Math.toIntExact(limit.toMillis()));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return new EnrpConversation(socket, new EnrpCodec(WireForm.of(profile)), deadlineNs);
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
      socket.setSoTimeout(remainingMs());
      int count = in.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        throw new EOFException("it ended the connection");
      }
      filled += count;
    }
  }

  /// Whether the time limit has passed.
  boolean isOver() {
    return deadlineNs - System.nanoTime() <= 0;
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

  private int remainingMs() throws SocketTimeoutException {
    long remainingMs = (deadlineNs - System.nanoTime()) / 1_000_000;
    if (remainingMs <= 0) {
      throw new SocketTimeoutException("it did not answer in time");
    }
    return Math.toIntExact(remainingMs);
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
