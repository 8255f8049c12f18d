package io.rserpool.services.status;

import io.rserpool.services.message.MessageHeader;
import io.rserpool.services.message.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The one datagram of the Component Status Protocol: how a component is, told to a monitor at UDP
/// port 2960; 288 bytes and 24 for each association.
///
/// ```
/// | 4 header | 4 Version | 8 SenderID | 8 SenderTimeStamp | 4 ReportInterval |
/// | 128 Location | 128 Status | 2 Workload | 2 Associations | 24 association | ... |
/// ```
///
/// @param isFinal the component ends
/// @param senderId group in the highest byte (1 registrar, 2 pool element, 3 pool user), object
///     below
/// @param senderTimeStamp microseconds since the sender's first report
/// @param reportInterval microseconds, unsigned 32-bit
/// @param location text of at most 128 bytes
/// @param status text of at most 128 bytes
/// @param workload 0 to 0xfffe for 0 to 100 %; [#NO_WORKLOAD] if not given
public record StatusReport(
    boolean isFinal,
    long senderId,
    long senderTimeStamp,
    long reportInterval,
    String location,
    String status,
    int workload,
    List<Association> associations) {

  /// The workload is not given.
  public static final int NO_WORKLOAD = 0xffff;

  /// The duration of an association is not known.
  public static final long UNKNOWN_DURATION = -1;

  private static final int TYPE = 1;
  private static final int FINAL = 1;
  private static final int VERSION = 0x200;
  private static final int TEXT_SIZE = 128;
  private static final int HEAD_SIZE = 288;
  private static final int ASSOCIATION_SIZE = 24;
  private static final int ASSOCIATIONS_MAX =
      (MessageHeader.LENGTH_MAX - HEAD_SIZE) / ASSOCIATION_SIZE;

  /// One association of the component.
  ///
  /// @param receiverId the component at the other end
  /// @param duration microseconds, or [#UNKNOWN_DURATION]
  /// @param protocolId IP protocol number: 132 SCTP, 6 TCP, 17 UDP
  /// @param ppid payload protocol identifier, unsigned 32-bit
  public record Association(long receiverId, long duration, int flags, int protocolId, long ppid) {}

  public StatusReport {
    associations = List.copyOf(associations);
    bytesOf("location", location);
    bytesOf("status", status);
    if (associations.size() > ASSOCIATIONS_MAX) {
      throw new IllegalArgumentException(
          "a report has at most %d associations, but this has %d"
              .formatted(ASSOCIATIONS_MAX, associations.size()));
    }
  }

  private static byte[] bytesOf(String what, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length > TEXT_SIZE) {
      throw new IllegalArgumentException(
          "a %s has at most 128 bytes, but this has %d".formatted(what, bytes.length));
    }
    return Arrays.copyOf(bytes, TEXT_SIZE);
  }

  /// The report as bytes.
  public byte[] encode() {
    int length = HEAD_SIZE + ASSOCIATION_SIZE * associations.size();
    ByteBuffer message =
        MessageHeader.begin(TYPE, isFinal ? FINAL : 0, length)
            .putInt(VERSION)
            .putLong(senderId)
            .putLong(senderTimeStamp)
            .putInt((int) reportInterval)
            .put(bytesOf("location", location))
            .put(bytesOf("status", status))
            .putShort((short) workload)
            .putShort((short) associations.size());
    for (Association association : associations) {
      message
          .putLong(association.receiverId())
          .putLong(association.duration())
          .putShort((short) association.flags())
          .putShort((short) association.protocolId())
          .putInt((int) association.ppid());
    }
    return MessageHeader.end(message);
  }

  /// Reads one datagram; any bytes give a report or a fault.
  public static Reading<StatusReport> decode(byte[] bytes) {
    return switch (MessageHeader.read(bytes)) {
      case Reading.Fault<MessageHeader>(String explanation) -> Reading.fault("%s", explanation);
      case Reading.Value<MessageHeader>(MessageHeader header) -> decode(header, bytes);
    };
  }

  private static Reading<StatusReport> decode(MessageHeader header, byte[] bytes) {
    if (header.type() != TYPE || bytes.length < HEAD_SIZE) {
      return Reading.fault(
          "expected type 1 and 288 bytes or more, but they are %d and %d",
          header.type(), bytes.length);
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes).position(MessageHeader.SIZE);
    int version = fields.getInt();
    int count = fields.getShort(HEAD_SIZE - 2) & 0xffff;
    if (version != VERSION || bytes.length != HEAD_SIZE + ASSOCIATION_SIZE * count) {
      return Reading.fault(
          "expected version 0x200 and Length 288 + 24 x Associations, but they are 0x%x, %d and %d",
          version, bytes.length, count);
    }
    return Reading.of(
        new StatusReport(
            (header.flags() & FINAL) != 0,
            fields.getLong(),
            fields.getLong(),
            Integer.toUnsignedLong(fields.getInt()),
            text(fields),
            text(fields),
            fields.getShort() & 0xffff,
            associations(fields.position(HEAD_SIZE), count)));
  }

  private static String text(ByteBuffer fields) {
    byte[] bytes = new byte[TEXT_SIZE];
    fields.get(bytes);
    int end = 0;
    while (end < TEXT_SIZE && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }

  private static List<Association> associations(ByteBuffer fields, int count) {
    List<Association> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(
          new Association(
              fields.getLong(),
              fields.getLong(),
              fields.getShort() & 0xffff,
              fields.getShort() & 0xffff,
              Integer.toUnsignedLong(fields.getInt())));
    }
    return all;
  }
}
