package io.rserpool.wire.capture;

/// The numbers of a recording's own structures, which are in the byte order of the machine that
/// made it.
///
/// @param slice the file
/// @param swapped whether that is the other order, least significant byte first
record FileBytes(Slice slice, boolean swapped) {

  int i32(int at) {
    return swapped ? Integer.reverseBytes(slice.i32(at)) : slice.i32(at);
  }

  long u32(int at) {
    return i32(at) & 0xffff_ffffL;
  }

  int u16(int at) {
    return swapped ? Short.reverseBytes((short) slice.u16(at)) & 0xffff : slice.u16(at);
  }

  long i64(int at) {
    return swapped ? Long.reverseBytes(slice.i64(at)) : slice.i64(at);
  }
}
