package io.rserpool.client.host;

import java.nio.ByteBuffer;

/// Tells where the messages end that follow one another in a stream of bytes: what a protocol
/// supplies so that its service hears whole messages over TCP.
///
/// ```java
/// // Four bytes of which the last two count the whole message.
/// MessageBounds bounds = MessageBounds.lengthField(2, 2, 0);
/// ```
@FunctionalInterface
public interface MessageBounds {

  /// How long the message at the beginning of `begun` is, all its bytes counted.
  ///
  /// @param begun what has come of it, and perhaps of others behind it; at least one byte
  /// @return the length, or 0 if more has to come before it can be told
  /// @throws ViolationException if no message begins like this
  int length(ByteBuffer begun) throws ViolationException;

  /// Messages that tell their length in a field of their header, most significant byte first.
  ///
  /// @param offset where in the message the field begins
  /// @param size the bytes of the field, 1 to 4
  /// @param uncounted how many bytes of the message the field does not count: 0 if it counts all
  /// @return the message bounds
  /// @throws IllegalArgumentException if one of them is out of its range
  static MessageBounds lengthField(int offset, int size, int uncounted) {
    if (offset < 0 || size < 1 || size > 4 || uncounted < 0) {
      throw new IllegalArgumentException(
          "expected an offset of 0 or more, a size of 1 to 4 and 0 or more bytes that do not count,"
              + " but they are %d, %d and %d".formatted(offset, size, uncounted));
    }
    return begun -> {
      if (begun.remaining() < offset + size) {
        return 0;
      }
      long counted = 0;
      for (int i = offset; i < offset + size; i++) {
        counted = counted << Byte.SIZE | (begun.get(begun.position() + i) & 0xff);
      }
      long length = counted + uncounted;
      if (length < offset + size || length > Integer.MAX_VALUE) {
        throw new ViolationException(
            "expected a length of %d or more, but it is %d".formatted(offset + size, length));
      }
      return (int) length;
    };
  }

  /// Messages that are lines, each ended by a line feed, which belongs to it.
  ///
  /// @return the message bounds
  static MessageBounds lines() {
    return begun -> {
      for (int i = begun.position(); i < begun.limit(); i++) {
        if (begun.get(i) == '\n') {
          return i - begun.position() + 1;
        }
      }
      return 0;
    };
  }
}
