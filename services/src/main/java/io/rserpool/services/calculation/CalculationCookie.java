package io.rserpool.services.calculation;

import io.rserpool.services.message.Reading;
import java.nio.ByteBuffer;

/// The state of a job as an element leaves it with its user; 20 bytes.
///
/// @param jobId unsigned 32-bit
public record CalculationCookie(long jobId, long jobSize, long completed) {

  private static final int SIZE = 20;

  /// The cookie as bytes.
  public byte[] encode() {
    return ByteBuffer.allocate(SIZE)
        .putInt((int) jobId)
        .putLong(jobSize)
        .putLong(completed)
        .array();
  }

  /// Reads a cookie; more bytes than needed are ignored, as rsplib does.
  public static Reading<CalculationCookie> decode(byte[] bytes) {
    if (bytes.length < SIZE) {
      return Reading.fault("expected a cookie of %d bytes, but it has %d", SIZE, bytes.length);
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    return Reading.of(
        new CalculationCookie(
            Integer.toUnsignedLong(fields.getInt()), fields.getLong(), fields.getLong()));
  }
}
