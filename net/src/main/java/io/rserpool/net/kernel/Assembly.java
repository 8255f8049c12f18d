package io.rserpool.net.kernel;

import com.sun.nio.sctp.MessageInfo;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Puts the messages of one association together, which come in pieces if they are long.
final class Assembly {

  /// A message of ASAP or ENRP has at most 65,535 bytes; data of services may be longer.
  static final int MESSAGE_BYTES_MAX = 1 << 20;

  /// A whole message.
  record Message(byte[] bytes, int stream, int payloadProtocolId) {}

  private @Nullable ByteArrayOutputStream begun;
  private int stream;
  private int payloadProtocolId;

  /// Takes a message, or a piece of one.
  ///
  /// @return the message, once all of it has come
  @Nullable Message take(ByteBuffer data, MessageInfo info) {
    byte[] piece = new byte[data.remaining()];
    data.get(piece);
    ByteArrayOutputStream before = begun;
    if (before == null && info.isComplete()) {
      return new Message(piece, info.streamNumber(), info.payloadProtocolID());
    }
    if (before == null) {
      before = new ByteArrayOutputStream(2 * piece.length);
      begun = before;
      stream = info.streamNumber();
      payloadProtocolId = info.payloadProtocolID();
    }
    before.writeBytes(piece);
    if (!info.isComplete() || isTooLong()) {
      return null;
    }
    begun = null;
    return new Message(before.toByteArray(), stream, payloadProtocolId);
  }

  /// Whether the message that has begun is longer than any may be.
  boolean isTooLong() {
    ByteArrayOutputStream known = begun;
    return known != null && known.size() > MESSAGE_BYTES_MAX;
  }

  static String tooLong() {
    return "a message of more than %d bytes has come".formatted(MESSAGE_BYTES_MAX);
  }
}
