package io.rserpool.services.pingpong;

import io.rserpool.services.message.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The state of a PingPong session as an element leaves it with its user; 16 bytes.
///
/// @param replyNo the number of the next answer
public record PingPongCookie(long replyNo) {

  private static final int SIZE = 16;
  private static final long MARK =
      ByteBuffer.wrap("<PP-TD1>".getBytes(StandardCharsets.US_ASCII)).getLong();

  /// The cookie as bytes.
  public byte[] encode() {
    return ByteBuffer.allocate(SIZE).putLong(MARK).putLong(replyNo).array();
  }

  /// Reads a cookie.
  public static Reading<PingPongCookie> decode(byte[] bytes) {
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    if (bytes.length != SIZE || fields.getLong() != MARK) {
      return Reading.fault(
          "expected a cookie of %d bytes that begins with <PP-TD1>, but it has %d bytes",
          SIZE, bytes.length);
    }
    return Reading.of(new PingPongCookie(fields.getLong()));
  }
}
