package io.rserpool.usrsctp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The chunk by which a peer breaks an association (RFC 9260 section 3.3.7): a header of 4 bytes,
/// then causes, each with a code and a length.
final class AbortChunk {

  private static final int USER_INITIATED = 12;
  private static final int TEXT_MAX = 200;

  private final byte[] bytes;

  AbortChunk(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean isPresent() {
    return bytes.length >= 4;
  }

  /// What the peer says of it, for people; may be anything a peer likes, so it is cut and cleaned.
  String reason() {
    if (bytes.length < 8) {
      return "without a reason";
    }
    ByteBuffer chunk = ByteBuffer.wrap(bytes);
    int cause = Short.toUnsignedInt(chunk.getShort(4));
    int end = Math.min(4 + Short.toUnsignedInt(chunk.getShort(6)), bytes.length);
    if (cause != USER_INITIATED) {
      return "with cause " + cause;
    }
    if (end <= 8) {
      return "without a reason";
    }
    String text =
        new String(bytes, 8, Math.min(end - 8, TEXT_MAX), StandardCharsets.UTF_8)
            .replaceAll("\\p{Cntrl}", "?");
    return "saying '" + text + "'";
  }
}
