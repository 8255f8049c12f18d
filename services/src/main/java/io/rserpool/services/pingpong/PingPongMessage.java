package io.rserpool.services.pingpong;

import io.rserpool.protocol.Octets;
import io.rserpool.services.message.MessageHeader;
import io.rserpool.services.message.Reading;
import java.nio.ByteBuffer;

/// The messages of PingPong, payload protocol identifier 33.
public sealed interface PingPongMessage {

  /// The payload protocol identifier.
  int PPID = 33;

  /// The message as bytes.
  byte[] encode();

  /// Reads one message; any bytes give a message or a fault.
  static Reading<? extends PingPongMessage> decode(byte[] bytes) {
    return switch (MessageHeader.read(bytes)) {
      case Reading.Fault<MessageHeader>(String explanation) -> Reading.fault("%s", explanation);
      case Reading.Value<MessageHeader>(MessageHeader header) ->
          switch (header.type()) {
            case Ping.TYPE -> Ping.decodeBody(bytes);
            case Pong.TYPE -> Pong.decodeBody(bytes);
            default -> Reading.fault("expected type 1 or 2, but it is %d", header.type());
          };
    };
  }

  /// A question: `| 4 header | 8 MessageNo | Data |`.
  record Ping(long messageNo, Octets data) implements PingPongMessage {
    static final int TYPE = 1;
    private static final int HEAD_SIZE = 12;

    static Reading<Ping> decodeBody(byte[] bytes) {
      if (bytes.length < HEAD_SIZE) {
        return Reading.fault("expected a Ping of 12 bytes or more, but it has %d", bytes.length);
      }
      return Reading.of(
          new Ping(
              ByteBuffer.wrap(bytes).getLong(MessageHeader.SIZE),
              Octets.of(MessageHeader.rest(bytes, HEAD_SIZE))));
    }

    @Override
    public byte[] encode() {
      return MessageHeader.begin(TYPE, 0, HEAD_SIZE + data.size())
          .putLong(messageNo)
          .put(data.toBytes())
          .array();
    }
  }

  /// The answer: `| 4 header | 8 MessageNo | 8 ReplyNo | Data |`.
  ///
  /// @param replyNo grows by one with each answer, over all elements that serve the session
  record Pong(long messageNo, long replyNo, Octets data) implements PingPongMessage {
    static final int TYPE = 2;
    private static final int HEAD_SIZE = 20;

    static Reading<Pong> decodeBody(byte[] bytes) {
      if (bytes.length < HEAD_SIZE) {
        return Reading.fault("expected a Pong of 20 bytes or more, but it has %d", bytes.length);
      }
      ByteBuffer fields = ByteBuffer.wrap(bytes).position(MessageHeader.SIZE);
      return Reading.of(
          new Pong(
              fields.getLong(), fields.getLong(), Octets.of(MessageHeader.rest(bytes, HEAD_SIZE))));
    }

    @Override
    public byte[] encode() {
      return MessageHeader.begin(TYPE, 0, HEAD_SIZE + data.size())
          .putLong(messageNo)
          .putLong(replyNo)
          .put(data.toBytes())
          .array();
    }
  }
}
