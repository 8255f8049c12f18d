package io.rserpool.net.status;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The one datagram of the Component Status Protocol: how a component is, told to a monitor at UDP
/// port 2960; 288 bytes and 24 for each association.
///
/// ```
/// | 1 Type = 1 | 1 Flags | 2 Length | 4 Version | 8 SenderID | 8 SenderTimeStamp |
/// | 4 ReportInterval | 128 Location | 128 Status | 2 Workload | 2 Associations |
/// | 24 association | ...
///
/// association: | 8 ReceiverID | 8 Duration | 2 Flags | 2 ProtocolID | 4 PPID |
/// ```
///
/// @param isFinal the component ends
/// @param senderId who reports, see [ComponentId]
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

  /// Bytes that a text may have.
  static final int TEXT_SIZE = 128;

  private static final int TYPE = 1;
  private static final int FINAL = 1;
  private static final int VERSION = 0x200;
  private static final int HEAD_SIZE = 288;
  private static final int ASSOCIATION_SIZE = 24;

  /// What fits into a datagram over IPv4.
  private static final int ASSOCIATIONS_MAX = (65_507 - HEAD_SIZE) / ASSOCIATION_SIZE;

  /// One association of the component.
  ///
  /// @param receiverId the component at the other end, see [ComponentId]
  /// @param duration microseconds, or [#UNKNOWN_DURATION]
  /// @param flags 0
  /// @param protocolId number of the protocol above IP: [#SCTP], [#TCP], 17 for UDP
  /// @param ppid payload protocol identifier, unsigned 32-bit
  public record Association(long receiverId, long duration, int flags, int protocolId, long ppid) {

    /// The protocol number of SCTP.
    public static final int SCTP = 132;

    /// The protocol number of TCP.
    public static final int TCP = 6;

    /// The payload protocol identifier of ASAP.
    public static final int ASAP = 11;

    /// The payload protocol identifier of ENRP.
    public static final int ENRP = 12;
  }

  /// What came of reading a datagram.
  public sealed interface Reading {

    /// It is well-formed.
    record Value(StatusReport report) implements Reading {}

    /// It is not.
    ///
    /// @param explanation what was expected and what was seen
    record Fault(String explanation) implements Reading {}
  }

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
    byte[] bytes = new byte[HEAD_SIZE + ASSOCIATION_SIZE * associations.size()];
    ByteBuffer message =
        ByteBuffer.wrap(bytes)
            .put((byte) TYPE)
            .put((byte) (isFinal ? FINAL : 0))
            .putShort((short) bytes.length)
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
    return bytes;
  }

  /// Reads one datagram; any bytes give a report or a fault.
  public static Reading decode(byte[] bytes) {
    if (bytes.length < HEAD_SIZE) {
      return fault("expected 288 bytes or more, but there are %d", bytes.length);
    }
    ByteBuffer fields = ByteBuffer.wrap(bytes);
    int type = fields.get() & 0xff;
    int flags = fields.get() & 0xff;
    int length = fields.getShort() & 0xffff;
    int version = fields.getInt();
    int count = fields.getShort(HEAD_SIZE - 2) & 0xffff;
    if (type != TYPE || version != VERSION) {
      return fault("expected type 1 and version 0x200, but they are %d and 0x%x", type, version);
    }
    if (length != bytes.length || length != HEAD_SIZE + ASSOCIATION_SIZE * count) {
      return fault(
          "expected Length %d, the size of the datagram, and 288 + 24 x Associations,"
              + " but they are %d and %d",
          bytes.length, length, count);
    }
    return new Reading.Value(
        new StatusReport(
            (flags & FINAL) != 0,
            fields.getLong(),
            fields.getLong(),
            Integer.toUnsignedLong(fields.getInt()),
            text(fields),
            text(fields),
            fields.getShort() & 0xffff,
            associations(fields.position(HEAD_SIZE), count)));
  }

  @SuppressWarnings("AnnotateFormatMethod") // That annotation would be a dependency.
  private static Reading fault(String format, Object... arguments) {
    return new Reading.Fault(format.formatted(arguments));
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
