package io.rserpool.wire.capture;

import io.rserpool.protocol.Octets;

/// A view on a range of a file. Callers check [#size] before they read; [#cut] never goes beyond
/// the range.
///
/// @param bytes the whole file, never changed
/// @param from the first byte of the range
/// @param to behind the last
record Slice(byte[] bytes, int from, int to) {

  static Slice of(byte[] bytes) {
    return new Slice(bytes, 0, bytes.length);
  }

  int size() {
    return to - from;
  }

  int u8(int at) {
    return bytes[from + at] & 0xff;
  }

  int u16(int at) {
    return (u8(at) << 8) | u8(at + 1);
  }

  int i32(int at) {
    return (u16(at) << 16) | u16(at + 2);
  }

  long i64(int at) {
    return ((long) i32(at) << 32) | (i32(at + 4) & 0xffff_ffffL);
  }

  /// Everything from `at` on; nothing if that is beyond the end.
  Slice skip(int at) {
    return cut(at, Integer.MAX_VALUE);
  }

  /// At most `size` bytes from `at` on.
  Slice cut(int at, int size) {
    int start = Math.clamp((long) from + at, from, to);
    int end = Math.clamp((long) start + size, start, to);
    return new Slice(bytes, start, end);
  }

  Octets octets() {
    return Octets.copyOf(bytes, from, size());
  }
}
