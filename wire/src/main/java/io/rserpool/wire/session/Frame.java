package io.rserpool.wire.session;

import io.rserpool.wire.MessageFramer;
import java.util.Arrays;

/// One message in a stream of frames: a header of 8 bytes, then the message, nothing else. It is not
/// padded; the next frame follows at once.
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +---------------------------------------------------------------+
///    |                        Payload Length                         |
///    +---------------------------------------------------------------+
///    |                  Payload Protocol Identifier                  |
///    +---------------------------------------------------------------+
///    :                            Payload                            :
///    +---------------------------------------------------------------+
///
/// The identifier is that of SCTP: 11 is ASAP, the control channel, and any other one is data. As in
/// SCTP no message is empty: Payload Length is 1 to 262,144, for control messages 1 to 65,536 (an
/// ASAP message of 65,535 bytes at most, with its padding).
///
/// @param payloadProtocolId an unsigned 32-bit number
/// @param payload the message, which is not copied: nobody changes it any more
public record Frame(long payloadProtocolId, byte[] payload) implements FrameStep {

  /// The size of a header.
  public static final int HEADER_SIZE = 8;

  /// What marks control messages: ASAP's identifier (RFC 5352 section 9).
  public static final long CONTROL = 11;

  /// The longest payload that is data.
  public static final int DATA_BYTES_MAX = 256 * 1024;

  /// The longest payload that is a control message: what the Message Length of ASAP can say.
  public static final int CONTROL_BYTES_MAX = MessageFramer.SIZE_MAX;

  /// @throws IllegalArgumentException if no frame can carry this
  public Frame {
    requireFitting(payloadProtocolId, payload.length);
  }

  private static void requireFitting(long payloadProtocolId, int size) {
    if (payloadProtocolId < 0 || payloadProtocolId > 0xffff_ffffL) {
      throw new IllegalArgumentException(
          "a payload protocol identifier is 0 to 4294967295, but this is " + payloadProtocolId);
    }
    if (size < 1 || size > sizeMax(payloadProtocolId)) {
      throw new IllegalArgumentException(
          "a payload has 1 to %d bytes, but this one has %d"
              .formatted(sizeMax(payloadProtocolId), size));
    }
  }

  static int sizeMax(long payloadProtocolId) {
    return payloadProtocolId == CONTROL ? CONTROL_BYTES_MAX : DATA_BYTES_MAX;
  }

  /// The frame as it is sent.
  public byte[] encode() {
    byte[] bytes = new byte[HEADER_SIZE + payload.length];
    put(bytes, 0, payload.length);
    put(bytes, 4, (int) payloadProtocolId);
    System.arraycopy(payload, 0, bytes, HEADER_SIZE, payload.length);
    return bytes;
  }

  private static void put(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frame(long protocol, byte[] bytes)
        && protocol == payloadProtocolId
        && Arrays.equals(bytes, payload);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(payloadProtocolId) + Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return "frame of protocol %d with %d bytes".formatted(payloadProtocolId, payload.length);
  }
}
