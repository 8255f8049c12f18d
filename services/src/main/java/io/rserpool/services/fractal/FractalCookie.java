package io.rserpool.services.fractal;

import io.rserpool.services.message.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The state of a computation as an element leaves it with its user: what was asked for and the
/// next point; 76 bytes.
///
/// @param currentX unsigned 32-bit
/// @param currentY unsigned 32-bit
public record FractalCookie(FractalMessage.Parameter parameter, long currentX, long currentY) {

  private static final int SIZE = 76;
  private static final long MARK =
      ByteBuffer.wrap("<FG-TD1>".getBytes(StandardCharsets.US_ASCII)).getLong();

  /// The cookie as bytes, with the true Length in the inner message.
  public byte[] encode() {
    return ByteBuffer.allocate(SIZE)
        .putLong(MARK)
        .put(parameter.encode())
        .putInt((int) currentX)
        .putInt((int) currentY)
        .array();
  }

  /// Reads a cookie. The Length of the inner message is not looked at, since rsplib writes 4.
  public static Reading<FractalCookie> decode(byte[] bytes) {
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    if (bytes.length != SIZE || fields.getLong() != MARK) {
      return Reading.fault(
          "expected a cookie of %d bytes that begins with <FG-TD1>, but it has %d bytes",
          SIZE, bytes.length);
    }
    fields.getInt();
    return Reading.of(
        new FractalCookie(
            FractalMessage.Parameter.get(fields),
            Integer.toUnsignedLong(fields.getInt()),
            Integer.toUnsignedLong(fields.getInt())));
  }
}
