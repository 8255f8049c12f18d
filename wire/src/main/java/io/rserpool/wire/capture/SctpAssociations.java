package io.rserpool.wire.capture;

import io.rserpool.protocol.Octets;
import io.rserpool.wire.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds user messages in SCTP packets (RFC 9260 section 3): DATA chunks with the payload protocol
/// identifier of ASAP or ENRP, or with none on their ports.
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +---------------+---------+-+-+-+-------------------------------+
///    |   Type = 0    |   Res   |U|B|E|            Length             |
///    +---------------+---------+-+-+-+-------------------------------+
///    |                              TSN                              |
///    +-------------------------------+-------------------------------+
///    |       Stream Identifier       |    Stream Sequence Number     |
///    +-------------------------------+-------------------------------+
///    |                  Payload Protocol Identifier                  |
///    +---------------------------------------------------------------+
///    :                           User Data                           :
///    +---------------------------------------------------------------+
final class SctpAssociations {

  private static final int COMMON_HEADER_SIZE = 12;
  private static final int CHUNK_HEADER_SIZE = 4;
  private static final int DATA_HEADER_SIZE = 16;
  private static final int DATA = 0;

  /// What rsplib sent before the numbers were assigned.
  private static final int OLD_ASAP_PPID = 0xfaeeb5d1;

  private static final int OLD_ENRP_PPID = 0xfaeeb5d2;

  /// How many directions of associations are followed at once; the longest silent one is forgotten.
  private static final int MAX_DIRECTIONS = 4096;

  /// One direction of an association. A multi-homed sender may use several addresses, but one tag.
  private record Direction(int sourcePort, int destinationPort, int tag) {}

  private final CapturePorts ports;
  private final Notes notes;
  private final Map<Direction, SctpReassembly> directions =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Direction, SctpReassembly> eldest) {
          return size() > MAX_DIRECTIONS;
        }
      };

  SctpAssociations(CapturePorts ports, Notes notes) {
    this.ports = ports;
    this.notes = notes;
  }

  /// Adds the messages that this packet completes.
  void packet(Packet packet, List<CapturedMessage> messages) {
    Slice bytes = packet.payload();
    if (bytes.size() < COMMON_HEADER_SIZE) {
      notes.add(packet.frame(), "an SCTP header is cut short");
      return;
    }
    int at = COMMON_HEADER_SIZE;
    while (bytes.size() - at >= CHUNK_HEADER_SIZE) {
      int length = bytes.u16(at + 2);
      if (length < CHUNK_HEADER_SIZE || length > bytes.size() - at) {
        notes.add(
            packet.frame(),
            "an SCTP chunk has length " + length + ", but 4 to " + (bytes.size() - at) + " fit");
        return;
      }
      if (bytes.u8(at) == DATA && length >= DATA_HEADER_SIZE) {
        data(packet, bytes.cut(at, length), messages);
      }
      at += (length + 3) & ~3;
    }
  }

  /// Tells of messages that were not completed.
  void finish(int frame) {
    for (Map.Entry<Direction, SctpReassembly> entry : directions.entrySet()) {
      if (entry.getValue().isPending()) {
        notes.add(
            frame,
            "an SCTP message from port %d to port %d is not recorded in full"
                .formatted(entry.getKey().sourcePort, entry.getKey().destinationPort));
      }
    }
  }

  private void data(Packet packet, Slice chunk, List<CapturedMessage> messages) {
    Optional<Protocol> protocol = protocolOf(packet.payload(), chunk.i32(12));
    if (protocol.isEmpty()) {
      return;
    }
    Slice header = packet.payload();
    Direction direction = new Direction(header.u16(0), header.u16(2), header.i32(4));
    SctpReassembly reassembly =
        directions.computeIfAbsent(direction, _ -> new SctpReassembly(notes));
    Optional<Octets> message =
        reassembly.chunk(packet.frame(), chunk.i32(4), chunk.u8(1), chunk.skip(DATA_HEADER_SIZE));
    message.ifPresent(
        bytes -> messages.add(Analysis.message(packet, Carrier.SCTP, protocol.get(), bytes)));
  }

  private Optional<Protocol> protocolOf(Slice header, int ppid) {
    for (Protocol protocol : Protocol.values()) {
      if (protocol.ppid() == ppid) {
        return Optional.of(protocol);
      }
    }
    return switch (ppid) {
      case OLD_ASAP_PPID -> Optional.of(Protocol.ASAP);
      case OLD_ENRP_PPID -> Optional.of(Protocol.ENRP);
      case 0 -> ports.protocolOf(header.u16(0), header.u16(2));
      default -> Optional.empty();
    };
  }
}
