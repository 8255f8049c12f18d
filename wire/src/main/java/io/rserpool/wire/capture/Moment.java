package io.rserpool.wire.capture;

import java.time.Instant;

/// Time stamps of recordings.
final class Moment {

  private static final int NANOS = 1_000_000_000;

  /// The end of the year 9999; a later time stamp is no time stamp.
  private static final long SECONDS_MAX = 253_402_300_799L;

  private static final int DECIMAL_DIGITS_MAX = 18;
  private static final int BINARY_DIGITS_MAX = 62;

  private Moment() {}

  /// A time in seconds and nanoseconds; what is beyond all calendars becomes the last moment.
  static Instant of(long seconds, long nanos) {
    boolean sane = seconds >= 0 && seconds <= SECONDS_MAX && nanos >= 0 && nanos < NANOS;
    return sane ? Instant.ofEpochSecond(seconds, nanos) : Instant.ofEpochSecond(SECONDS_MAX);
  }

  /// A pcapng time stamp.
  ///
  /// @param units 64 bits, unsigned
  /// @param resolution how many units a second has: a power of ten, or with bit 0x80 a power of two
  /// @param offset seconds to add
  static Instant of(long units, int resolution, long offset) {
    int digits = resolution & 0x7f;
    boolean binary = (resolution & 0x80) != 0;
    if (digits > (binary ? BINARY_DIGITS_MAX : DECIMAL_DIGITS_MAX)) {
      return Instant.EPOCH;
    }
    long perSecond = binary ? 1L << digits : power(digits);
    long seconds = Long.divideUnsigned(units, perSecond);
    double fraction = (double) Long.remainderUnsigned(units, perSecond) / perSecond;
    long exact = Long.remainderUnsigned(units, perSecond);
    long nanos =
        perSecond <= NANOS && NANOS % perSecond == 0
            ? exact * (NANOS / perSecond)
            : Math.min(NANOS - 1, (long) (fraction * NANOS));
    return of(seconds < 0 ? SECONDS_MAX : Math.min(seconds, SECONDS_MAX) + clamp(offset), nanos);
  }

  private static long clamp(long offset) {
    return Math.clamp(offset, -SECONDS_MAX, SECONDS_MAX);
  }

  private static long power(int digits) {
    long power = 1;
    for (int i = 0; i < digits; i++) {
      power *= 10;
    }
    return power;
  }
}
