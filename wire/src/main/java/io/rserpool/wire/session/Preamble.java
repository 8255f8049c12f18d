package io.rserpool.wire.session;

import java.util.Arrays;

/// What each side writes first, at once and unasked, so that whoever does not speak the framing, or
/// another version of it, is found out by the first bytes.
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +---------------+---------------+---------------+---------------+
///    |   0x52 (R)    |   0x53 (S)    |   0x50 (P)    |   0x4f (O)    |
///    +---------------+---------------+---------------+---------------+
///    |   0x4f (O)    |   0x4c (L)    | 0x55 U, 0x45 E|   Version 1   |
///    +---------------+---------------+---------------+---------------+
///
/// The seventh byte says who writes, U for the pool user and E for the pool element: a service that
/// sends back what it gets is not taken for one that speaks the framing.
public final class Preamble {

  /// Its size in bytes.
  public static final int SIZE = 8;

  /// The only version there is.
  public static final int VERSION = 1;

  static final int SIDE_AT = 6;
  static final int VERSION_AT = 7;

  private Preamble() {}

  /// The bytes that this side writes.
  public static byte[] encode(Side writer) {
    return new byte[] {'R', 'S', 'P', 'O', 'O', 'L', writer.mark(), VERSION};
  }

  /// Whether the first `count` bytes begin with the preamble of this side, all of it. For those who
  /// do not expect one, and want to say why what they got makes no sense.
  public static boolean begins(byte[] bytes, int count, Side writer) {
    return count >= SIZE && Arrays.equals(bytes, 0, SIZE, encode(writer), 0, SIZE);
  }
}
