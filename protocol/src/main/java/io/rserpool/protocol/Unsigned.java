package io.rserpool.protocol;

/// Range checks for the unsigned numbers of the wire.
final class Unsigned {

  /// The largest unsigned 32-bit number; as a load it means 100 % (RFC 5356 section 3.1).
  static final long MAX_32 = 0xffff_ffffL;

  private Unsigned() {}

  static long require32(String field, long value) {
    if (value < 0 || value > MAX_32) {
      throw new IllegalArgumentException(
          field + " must be an unsigned 32-bit number, 0 to 4294967295, but is " + value);
    }
    return value;
  }

  static int require16(String field, int value) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException(field + " must be from 0 to 65535, but is " + value);
    }
    return value;
  }
}
