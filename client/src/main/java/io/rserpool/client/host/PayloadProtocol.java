package io.rserpool.client.host;

import io.rserpool.client.channel.Channel;

/// What is spoken in the sessions of a service.
///
/// @param identifier the payload protocol identifier, by which a transport that carries such tells
///     users what the messages are; an unsigned 32-bit number, 0 says nothing
/// @param lengthMax the longest message that users send; 0 if the service knows no messages, only
///     bytes
/// @param bounds where messages end in a stream of bytes; not asked where the transport keeps
///     messages apart
public record PayloadProtocol(long identifier, int lengthMax, MessageBounds bounds) {

  /// Bytes, any way they are cut.
  public static final PayloadProtocol BYTES = new PayloadProtocol(0, 0, _ -> 0);

  /// Checks the values.
  public PayloadProtocol {
    if (identifier < 0 || identifier > 0xffff_ffffL) {
      throw new IllegalArgumentException(
          "a payload protocol identifier is 0 to 4294967295, but this is " + identifier);
    }
    if (lengthMax < 0 || lengthMax > Channel.MESSAGE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "messages have at most 1 to %d bytes, but this is %d"
              .formatted(Channel.MESSAGE_BYTES_MAX, lengthMax));
    }
  }

  /// Bytes with an identifier of their own, any way they are cut.
  ///
  /// @param identifier the identifier
  /// @return the payload protocol
  public static PayloadProtocol bytes(long identifier) {
    return new PayloadProtocol(identifier, 0, BYTES.bounds);
  }

  /// Lines of text, each at most that long.
  ///
  /// @param lengthMax how many
  /// @return the payload protocol
  public static PayloadProtocol lines(int lengthMax) {
    return new PayloadProtocol(0, lengthMax, MessageBounds.lines());
  }

  /// {@return whether it is spoken in messages}
  public boolean hasMessages() {
    return lengthMax > 0;
  }
}
