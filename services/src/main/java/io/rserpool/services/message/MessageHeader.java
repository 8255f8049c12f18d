package io.rserpool.services.message;

import io.rserpool.client.host.MessageBounds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The first four bytes of every message of the demo protocols. The length counts the whole
/// message.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     Type      |     Flags     |            Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param type 0 to 255
/// @param flags 0 to 255; unknown ones are ignored
/// @param length 4 to 65535
public record MessageHeader(int type, int flags, int length) {

  /// Bytes of the header.
  public static final int SIZE = 4;

  /// The longest message that the length can tell.
  public static final int LENGTH_MAX = 65_535;

  /// How messages with this header are cut from a stream.
  public static final MessageBounds BOUNDS = MessageBounds.lengthField(2, 2, 0);

  /// Reads the header of exactly one message.
  public static Reading<MessageHeader> read(byte[] bytes) {
    if (bytes.length < SIZE) {
      return Reading.fault("expected a header of 4 bytes, but there are %d", bytes.length);
    }
    MessageHeader header = ofStart(bytes);
    if (header.length != bytes.length) {
      return Reading.fault(
          "expected Length %d, the size of the message, but it is %d", bytes.length, header.length);
    }
    return Reading.of(header);
  }

  /// The header in the first four bytes.
  static MessageHeader ofStart(byte[] bytes) {
    return new MessageHeader(
        bytes[0] & 0xff, bytes[1] & 0xff, (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff));
  }

  /// A message of the given length with its header written; the rest is 0 and comes next.
  ///
  /// @throws IllegalArgumentException if it is too long
  public static ByteBuffer begin(int type, int flags, int length) {
    if (length < SIZE || length > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a message has 4 to 65535 bytes, but this one has " + length);
    }
    return ByteBuffer.allocate(length).put((byte) type).put((byte) flags).putShort((short) length);
  }

  /// The bytes of a message that [#begin] began and that is filled.
  @SuppressWarnings("ByteBufferBackingArray") // It was allocated as a whole.
  public static byte[] end(ByteBuffer message) {
    return message.array();
  }

  /// The bytes of a message from `offset` to its end.
  public static byte[] rest(byte[] message, int offset) {
    return Arrays.copyOfRange(message, offset, message.length);
  }

  /// Bytes as text; what is no UTF-8 becomes replacement characters.
  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
