package io.rserpool.wire;

import static java.lang.invoke.MethodHandles.byteArrayViewVarHandle;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.rserpool.protocol.Octets;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// The cursor that writes one message. A parameter is opened, its value written and the parameter
/// closed, which fills in its Length and pads it to a multiple of 4; parameters nest. One array
/// grows as needed and is copied once, at the end.
final class WireWriter {

  /// The most that a Length field can tell (RFC 5354 sections 3 and 4).
  static final int MAX_LENGTH = 0xffff;

  private static final int INITIAL_SIZE = 128;
  private static final int MAX_SIZE = MAX_LENGTH + 3 & ~3;
  private static final VarHandle U16 = byteArrayViewVarHandle(short[].class, BIG_ENDIAN);
  private static final VarHandle I32 = byteArrayViewVarHandle(int[].class, BIG_ENDIAN);
  private static final VarHandle I64 = byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

  private final WireForm form;
  private final String messageName;
  private byte[] bytes;
  private int position;

  /// The last padding: where the value before it ends, and where the padding ends.
  private int paddedFrom;

  private int paddedTo;

  /// @param messageName what is written, for texts
  WireWriter(WireForm form, String messageName) {
    this(form, messageName, INITIAL_SIZE);
  }

  /// @param sizeHint about how many bytes will be written
  WireWriter(WireForm form, String messageName, int sizeHint) {
    this.form = form;
    this.messageName = messageName;
    this.bytes = new byte[Math.clamp(sizeHint, INITIAL_SIZE, MAX_SIZE)];
  }

  /// How the message is to be written.
  WireForm form() {
    return form;
  }

  /// Writes the message header, with an empty Length.
  void openMessage(int type, int flags) {
    u16(type << 8 | flags);
    u16(0);
  }

  /// Fills in the Message Length.
  ///
  /// @return the finished message, of a size that is a multiple of 4
  byte[] closeMessage() {
    close(0, "message");
    return position == bytes.length ? bytes : Arrays.copyOf(bytes, position);
  }

  /// Writes a parameter header, with an empty Length.
  ///
  /// @return a mark for [#close(int)]
  int open(int type) {
    int mark = position;
    u16(type);
    u16(0);
    return mark;
  }

  /// Fills in the Length of a parameter and pads it.
  void close(int mark) {
    close(mark, "parameter");
  }

  void u16(int value) {
    require(2);
    U16.set(bytes, position, (short) value);
    position += 2;
  }

  void i32(int value) {
    require(4);
    I32.set(bytes, position, value);
    position += 4;
  }

  /// Writes the low 32 bits.
  void u32(long value) {
    i32((int) value);
  }

  void i64(long value) {
    require(8);
    I64.set(bytes, position, value);
    position += 8;
  }

  void octets(Octets octets) {
    require(octets.size());
    octets.copyTo(bytes, position);
    position += octets.size();
  }

  /// Says why this message cannot be written.
  UnencodableException unencodable(String text) {
    return new UnencodableException(messageName + ": " + text);
  }

  private void close(int mark, String what) {
    int valueEnd = position == paddedTo ? paddedFrom : position;
    int lengthEnd =
        switch (form.lengthForm()) {
          case RFC -> valueEnd;
          case PADDING_COUNTED -> position;
        };
    int length = lengthEnd - mark;
    if (length > MAX_LENGTH) {
      throw unencodable("a " + what + " has at most 65535 bytes, but this one has " + length);
    }
    U16.set(bytes, mark + 2, (short) length);
    int padding = -position & 3;
    require(padding);
    position += padding;
    paddedFrom = valueEnd;
    paddedTo = position;
  }

  private void require(int size) {
    int needed = position + size;
    if (needed <= bytes.length) {
      return;
    }
    if (needed > MAX_SIZE) {
      throw unencodable("a message has at most 65535 bytes, but this one has at least " + needed);
    }
    bytes = Arrays.copyOf(bytes, Math.min(MAX_SIZE, Math.max(needed, 2 * bytes.length)));
  }
}
