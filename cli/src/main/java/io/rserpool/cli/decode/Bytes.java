package io.rserpool.cli.decode;

import io.rserpool.protocol.Octets;

/// Big-endian numbers within octets; callers know the size.
final class Bytes {

  private Bytes() {}

  static int u16(Octets octets, int at) {
    return (octets.unsignedByteAt(at) << 8) | octets.unsignedByteAt(at + 1);
  }

  static int i32(Octets octets, int at) {
    return (u16(octets, at) << 16) | u16(octets, at + 2);
  }

  static long u32(Octets octets, int at) {
    return Integer.toUnsignedLong(i32(octets, at));
  }
}
