package io.rserpool.wire;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import java.util.Objects;

/// Cuts a TCP stream into messages. On TCP they follow each other back to back, nothing added: each
/// ends at its Message Length rounded up to a multiple of 4, where the next one starts.
///
/// A host keeps what it has received, asks [#next] until the answer is no size, hands each message
/// to a codec and goes on behind it. After [#TOO_SHORT] or [#TOO_LONG] the start of the next
/// message cannot be known: the host sends [#cause] in an ERROR message and closes. Every other
/// broken message has a size like any other and is skipped by it.
public final class MessageFramer {

  /// The message is not complete, or not even its header is.
  public static final int NEED_MORE = 0;

  /// The Message Length is below 4.
  public static final int TOO_SHORT = -1;

  /// The message is larger than the receiver's limit.
  public static final int TOO_LONG = -2;

  /// The largest size that a Message Length can ask for.
  public static final int SIZE_MAX = 65_536;

  private MessageFramer() {}

  /// The size of the message that starts at `offset`, padding included, if all of it is there; else
  /// one of [#NEED_MORE], [#TOO_SHORT] and [#TOO_LONG]. The last two are told as soon as the header
  /// is there.
  ///
  /// @param bytes what has been received
  /// @param offset where the message starts
  /// @param available how many bytes are there from `offset` on
  /// @param limit the largest acceptable size, at most [#SIZE_MAX]
  /// @throws IndexOutOfBoundsException if the range does not lie within `bytes`
  public static int next(byte[] bytes, int offset, int available, int limit) {
    Objects.checkFromIndexSize(offset, available, bytes.length);
    if (available < WireReader.HEADER_SIZE) {
      return NEED_MORE;
    }
    int size = sizeOf(bytes, offset, limit);
    return size <= available ? size : NEED_MORE;
  }

  /// The size of the message with the given header, padding included, or [#TOO_SHORT] or
  /// [#TOO_LONG]; for hosts that want to make room before the rest is there.
  ///
  /// @throws IndexOutOfBoundsException if there are fewer than 4 bytes from `offset` on
  public static int sizeOf(byte[] bytes, int offset, int limit) {
    Objects.checkFromIndexSize(offset, WireReader.HEADER_SIZE, bytes.length);
    int length = (bytes[offset + 2] & 0xff) << 8 | (bytes[offset + 3] & 0xff);
    int size = length + 3 & ~3;
    return length < WireReader.HEADER_SIZE ? TOO_SHORT : size > limit ? TOO_LONG : size;
  }

  /// What to report before closing: Invalid Values, with the header at fault.
  public static ErrorCause cause(byte[] bytes, int offset) {
    return ErrorCause.of(
        CauseCode.INVALID_VALUES, Octets.copyOf(bytes, offset, WireReader.HEADER_SIZE));
  }
}
