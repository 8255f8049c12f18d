package io.rserpool.client.channel;

/// A message on the data channel. Over a transport that keeps no messages (plain TCP) it is a piece
/// of a byte stream: any cut is possible, and identifier and stream are 0.
///
/// @param bytes the content, never changed by anybody
/// @param payloadProtocolId what is spoken, an unsigned 32-bit number; 0 says nothing
/// @param stream the SCTP stream, within which messages keep their order; 0 over TCP
/// @param isUnordered whether a message to be sent may overtake others and be overtaken, where the
/// transport can do that (ASAP_SCTP_UNORDER of RFC 5352 section 6.5.5); false for what was received
public record UserMessage(byte[] bytes, long payloadProtocolId, int stream, boolean isUnordered)
    implements Incoming {

  /// Checks the numbers.
  public UserMessage {
    if (payloadProtocolId < 0 || payloadProtocolId > 0xffff_ffffL) {
      throw new IllegalArgumentException(
          "a payload protocol identifier is 0 to 4294967295, but this is " + payloadProtocolId);
    }
    if (stream < 0 || stream > 65_535) {
      throw new IllegalArgumentException("a stream is 0 to 65535, but this is " + stream);
    }
  }

  /// In order.
  ///
  /// @param bytes the content
  /// @param payloadProtocolId what is spoken
  /// @param stream the stream
  public UserMessage(byte[] bytes, long payloadProtocolId, int stream) {
    this(bytes, payloadProtocolId, stream, false);
  }

  /// On stream 0, in order.
  ///
  /// @param bytes the content
  /// @param payloadProtocolId what is spoken
  public UserMessage(byte[] bytes, long payloadProtocolId) {
    this(bytes, payloadProtocolId, 0);
  }
}
