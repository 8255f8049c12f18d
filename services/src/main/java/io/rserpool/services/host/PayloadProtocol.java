package io.rserpool.services.host;

import io.rserpool.services.message.MessageHeader;

/// What is spoken in the sessions of a service.
///
/// @param identifier the payload protocol identifier, by which a transport that carries such tells
///     users what the messages are; an unsigned 32-bit number, 0 says nothing
/// @param lengthMax the longest message that users send; 0 if the service knows no messages, only
///     bytes
public record PayloadProtocol(long identifier, int lengthMax) {

  /// Bytes, any way they are cut.
  public static final PayloadProtocol BYTES = new PayloadProtocol(0, 0);

  public PayloadProtocol {
    if (identifier < 0 || identifier > 0xffff_ffffL) {
      throw new IllegalArgumentException(
          "a payload protocol identifier is 0 to 4294967295, but this is " + identifier);
    }
    if (lengthMax != 0
        && (lengthMax < MessageHeader.SIZE || lengthMax > MessageHeader.LENGTH_MAX)) {
      throw new IllegalArgumentException(
          "messages have at most 4 to 65535 bytes, but this is " + lengthMax);
    }
  }

  /// Whether it is spoken in messages that begin with a [MessageHeader].
  public boolean hasMessages() {
    return lengthMax > 0;
  }
}
