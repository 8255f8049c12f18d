package io.rserpool.bench.peering;

import io.rserpool.protocol.Profile;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.MessageFramer;
import io.rserpool.wire.WireForm;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/// One blocking connection that speaks ENRP, and counts what it reads.
final class EnrpLine implements AutoCloseable {

  static final EnrpCodec CODEC = new EnrpCodec(WireForm.of(Profile.STANDARD));

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Socket socket;
  private final byte[] buffer = new byte[2 * MessageFramer.SIZE_MAX];
  private int from;
  private int to;
  private long bytesRead;

  EnrpLine(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
  }

  void send(EnrpMessage message) throws IOException {
    send(CODEC.encode(message));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// Waits for the next message of a kind; others are passed over.
  <M extends EnrpMessage> M await(Class<M> wanted) throws IOException {
    while (true) {
      EnrpMessage message = next();
      if (wanted.isInstance(message)) {
        return wanted.cast(message);
      }
    }
  }

  /// The bytes of the messages that were read so far.
  long bytesRead() {
    return bytesRead;
  }

  private EnrpMessage next() throws IOException {
    int size = MessageFramer.next(buffer, from, to - from, MessageFramer.SIZE_MAX);
    while (size == MessageFramer.NEED_MORE) {
      read(socket.getInputStream());
      size = MessageFramer.next(buffer, from, to - from, MessageFramer.SIZE_MAX);
    }
    Decoded<EnrpMessage> decoded = CODEC.decode(buffer, from, size);
    if (!(decoded instanceof Decoded.Message<EnrpMessage>(EnrpMessage message, _, _))) {
      throw new IOException("expected a message of ENRP, but saw " + decoded);
    }
    from += size;
    bytesRead += size;
    return message;
  }

  private void read(InputStream in) throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    int count = in.read(buffer, to, buffer.length - to);
    if (count < 0) {
      throw new EOFException("the registrar ended the connection");
    }
    to += count;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
