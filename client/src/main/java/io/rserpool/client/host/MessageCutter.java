package io.rserpool.client.host;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Cuts a stream of bytes, however it comes in pieces, into messages that follow one another
/// without anything between. For one thread.
public final class MessageCutter {

  private static final byte[] NONE = new byte[0];

  private final int lengthMax;
  private final MessageBounds bounds;
  private byte[] waiting = NONE;
  private int start;
  private int end;

  /// For messages of a protocol.
  ///
  /// @param lengthMax the longest message that is taken
  /// @param bounds the bounds
  public MessageCutter(int lengthMax, MessageBounds bounds) {
    this.lengthMax = lengthMax;
    this.bounds = bounds;
  }

  /// Takes the next piece.
  ///
  /// @param piece the piece
  public void add(byte[] piece) {
    if (end + piece.length > waiting.length) {
      byte[] room = new byte[Math.max(end - start + piece.length, waiting.length)];
      System.arraycopy(waiting, start, room, 0, end - start);
      waiting = room;
      end -= start;
      start = 0;
    }
    System.arraycopy(piece, 0, waiting, end, piece.length);
    end += piece.length;
  }

  /// {@return the next whole message with its header, or no bytes at all if more has to come first}
  ///
  /// @throws ViolationException if the length of the next message is impossible
  public byte[] next() throws ViolationException {
    int count = end - start;
    if (count == 0) {
      return NONE;
    }
    int length = bounds.length(ByteBuffer.wrap(waiting, start, count).slice().asReadOnlyBuffer());
    if (length > lengthMax || (length == 0 && count >= lengthMax)) {
      throw new ViolationException(
          "expected a message of at most %d bytes, but %s"
              .formatted(
                  lengthMax,
                  length == 0 ? count + " have come without its end" : "it has " + length));
    }
    if (length == 0 || count < length) {
      return NONE;
    }
    byte[] message = Arrays.copyOfRange(waiting, start, start + length);
    start += length;
    return message;
  }

  /// {@return whether all that came was whole messages}
  public boolean isBetweenMessages() {
    return start == end;
  }

  /// Forgets what is left of the stream: another one begins.
  public void restart() {
    start = 0;
    end = 0;
  }
}
