package io.rserpool.wire.capture;

import io.rserpool.wire.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds messages in TCP segments on the ports of ASAP and ENRP (RFC 9293 section 3.1).
final class TcpConnections {

  private static final int HEADER_SIZE = 20;
  private static final int SYN = 0x02;

  /// How many directions of connections are followed at once; the longest silent one is forgotten.
  private static final int MAX_DIRECTIONS = 4096;

  private record Direction(Endpoint source, Endpoint destination) {}

  private final CapturePorts ports;
  private final Notes notes;
  private final Map<Direction, TcpStream> directions =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Direction, TcpStream> eldest) {
          return size() > MAX_DIRECTIONS;
        }
      };

  TcpConnections(CapturePorts ports, Notes notes) {
    this.ports = ports;
    this.notes = notes;
  }

  /// Adds the messages that this packet completes.
  void packet(Packet packet, List<CapturedMessage> messages) {
    Slice bytes = packet.payload();
    if (bytes.size() < HEADER_SIZE) {
      notes.add(packet.frame(), "a TCP header is cut short");
      return;
    }
    Optional<Protocol> protocol = ports.protocolOf(bytes.u16(0), bytes.u16(2));
    int headerSize = (bytes.u8(12) >> 4) * 4;
    if (protocol.isEmpty() || headerSize < HEADER_SIZE) {
      return;
    }
    Direction direction = new Direction(packet.sourceEndpoint(), packet.destinationEndpoint());
    TcpStream stream =
        directions.computeIfAbsent(
            direction, d -> new TcpStream(d.source + " to " + d.destination, notes));
    int sequence = bytes.i32(4);
    if ((bytes.u8(13) & SYN) != 0) {
      stream.synchronize(sequence + 1);
      return;
    }
    stream
        .segment(packet.frame(), sequence, bytes.skip(headerSize))
        .forEach(
            octets -> messages.add(Analysis.message(packet, Carrier.TCP, protocol.get(), octets)));
  }

  /// Tells of bytes that became no message.
  void finish(int frame) {
    directions.values().forEach(stream -> stream.finish(frame));
  }
}
