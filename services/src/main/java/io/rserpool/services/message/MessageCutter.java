package io.rserpool.services.message;

import java.util.Arrays;

/// Cuts a stream of bytes, however it comes in pieces, into messages that follow one another without
/// anything between.
public final class MessageCutter {

  private static final byte[] NONE = new byte[0];

  private final int lengthMax;
  private byte[] waiting = NONE;
  private int start;
  private int end;

  /// For messages of a protocol.
  ///
  /// @param lengthMax the longest message that is taken
  public MessageCutter(int lengthMax) {
    this.lengthMax = lengthMax;
  }

  /// Takes the next piece.
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

  /// The next whole message with its header, or no bytes at all if more has to come first.
  ///
  /// @throws ViolationException if the length of the next message is impossible
  public byte[] next() throws ViolationException {
    int count = end - start;
    if (count < MessageHeader.SIZE) {
      return NONE;
    }
    int length =
        MessageHeader.ofStart(Arrays.copyOfRange(waiting, start, start + MessageHeader.SIZE))
            .length();
    if (length < MessageHeader.SIZE || length > lengthMax) {
      throw new ViolationException(
          "expected a Length from 4 to " + lengthMax + ", but it is " + length);
    }
    if (count < length) {
      return NONE;
    }
    byte[] message = Arrays.copyOfRange(waiting, start, start + length);
    start += length;
    return message;
  }

  /// Whether all that came was whole messages.
  public boolean isBetweenMessages() {
    return start == end;
  }

  /// Forgets what is left of the stream: another one begins.
  public void restart() {
    start = 0;
    end = 0;
  }
}
