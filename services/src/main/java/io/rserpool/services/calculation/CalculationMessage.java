package io.rserpool.services.calculation;

import io.rserpool.services.message.MessageHeader;
import io.rserpool.services.message.Reading;
import java.nio.ByteBuffer;

/// A message of CalcApp, payload protocol identifier 34; 24 bytes, the same layout for all types.
///
/// ```
/// | 4 header | 4 JobID | 8 JobSize | 8 Completed |
/// ```
///
/// @param jobId unsigned 32-bit
/// @param jobSize calculations; 0 where the type does not use it
/// @param completed calculations; 0 where the type does not use it
public record CalculationMessage(Type type, long jobId, long jobSize, long completed) {

  /// The payload protocol identifier.
  public static final int PPID = 34;

  static final int SIZE = 24;

  /// What a message is for.
  public enum Type {
    REQUEST(1),
    ACCEPT(2),
    REJECT(3),
    ABORT(4),
    COMPLETE(5),
    KEEP_ALIVE(6),
    KEEP_ALIVE_ACK(7);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /// The number on the wire.
    public int code() {
      return code;
    }
  }

  /// The message as bytes.
  public byte[] encode() {
    return MessageHeader.begin(type.code(), 0, SIZE)
        .putInt((int) jobId)
        .putLong(jobSize)
        .putLong(completed)
        .array();
  }

  /// Reads one message; any bytes give a message or a fault.
  public static Reading<CalculationMessage> decode(byte[] bytes) {
    return switch (MessageHeader.read(bytes)) {
      case Reading.Fault<MessageHeader>(String explanation) -> Reading.fault("%s", explanation);
      case Reading.Value<MessageHeader>(MessageHeader header) -> decode(header, bytes);
    };
  }

  private static Reading<CalculationMessage> decode(MessageHeader header, byte[] bytes) {
    Type[] types = Type.values();
    if (header.type() < 1 || header.type() > types.length || bytes.length != SIZE) {
      return Reading.fault(
          "expected type 1 to 7 and 24 bytes, but they are %d and %d", header.type(), bytes.length);
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes).position(MessageHeader.SIZE);
    return Reading.of(
        new CalculationMessage(
            types[header.type() - 1],
            Integer.toUnsignedLong(fields.getInt()),
            fields.getLong(),
            fields.getLong()));
  }
}
