package io.rserpool.services.message;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Cuts a byte stream into messages that follow one another without anything between.
public final class MessageStream {

  private final InputStream input;
  private final int lengthMax;

  /// Reads from a stream.
  ///
  /// @param lengthMax the longest message that is taken
  public MessageStream(InputStream input, int lengthMax) {
    this.input = input;
    this.lengthMax = lengthMax;
  }

  /// Waits for a whole message.
  ///
  /// @return the message with its header, or no bytes at all if the stream ends between two
  ///     messages
  /// @throws EOFException if the stream ends within a message
  /// @throws ViolationException if the length is impossible
  public byte[] next() throws IOException {
    byte[] start = input.readNBytes(MessageHeader.SIZE);
    if (start.length == 0) {
      return start;
    }
    if (start.length < MessageHeader.SIZE) {
      throw new EOFException("the stream ended within a header");
    }
    int length = MessageHeader.ofStart(start).length();
    if (length < MessageHeader.SIZE || length > lengthMax) {
      throw new ViolationException(
          "expected a Length from 4 to " + lengthMax + ", but it is " + length);
    }
    byte[] message = new byte[length];
    System.arraycopy(start, 0, message, 0, MessageHeader.SIZE);
    int rest = length - MessageHeader.SIZE;
    if (input.readNBytes(message, MessageHeader.SIZE, rest) < rest) {
      throw new EOFException("the stream ended within a message of " + length + " bytes");
    }
    return message;
  }
}
