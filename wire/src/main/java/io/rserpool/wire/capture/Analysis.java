package io.rserpool.wire.capture;

import io.rserpool.protocol.Octets;
import io.rserpool.wire.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Follows the packets of one recording, one after the other, and collects the messages.
final class Analysis {

  private static final int UDP_HEADER_SIZE = 8;

  /// The port of SCTP within UDP (RFC 6951).
  private static final int ENCAPSULATION_PORT = 9899;

  private final CapturePorts ports;
  private final Notes notes = new Notes();
  private final List<CapturedMessage> messages = new ArrayList<>();
  private final LinkLayer linkLayer = new LinkLayer(notes);
  private final SctpAssociations associations;
  private final TcpConnections connections;
  private int frames;

  Analysis(CapturePorts ports) {
    this.ports = ports;
    associations = new SctpAssociations(ports, notes);
    connections = new TcpConnections(ports, notes);
  }

  /// The next packet of the file.
  void packet(int linkType, Instant time, Slice bytes) {
    frames++;
    linkLayer
        .ipPacket(frames, linkType, bytes)
        .flatMap(ip -> IpLayer.read(frames, time, ip, notes))
        .ifPresent(this::transport);
  }

  /// Something is wrong with the file itself.
  void fileNote(String text) {
    notes.add(frames, text);
  }

  /// All packets are in.
  Capture finish() {
    connections.finish(frames);
    associations.finish(frames);
    return new Capture.Recording(frames, messages, notes.all());
  }

  private void transport(Packet packet) {
    switch (packet.protocol()) {
      case Packet.SCTP -> associations.packet(packet, messages);
      case Packet.TCP -> connections.packet(packet, messages);
      case Packet.UDP -> datagram(packet);
      default -> {
        // Nothing else carries our messages.
      }
    }
  }

  private void datagram(Packet packet) {
    Slice header = packet.payload();
    if (header.size() < UDP_HEADER_SIZE) {
      notes.add(packet.frame(), "a UDP header is cut short");
      return;
    }
    Slice content = header.cut(UDP_HEADER_SIZE, Math.max(0, header.u16(4) - UDP_HEADER_SIZE));
    int source = header.u16(0);
    int destination = header.u16(2);
    Optional<Protocol> protocol = ports.protocolOf(source, destination);
    if (protocol.isPresent()) {
      if (content.size() + UDP_HEADER_SIZE < header.u16(4)) {
        notes.add(packet.frame(), "the datagram was not recorded in full");
      }
      messages.add(message(packet, Carrier.UDP, protocol.get(), content.octets()));
    } else if (source == ENCAPSULATION_PORT || destination == ENCAPSULATION_PORT) {
      associations.packet(packet.inner(Packet.SCTP, content), messages);
    }
  }

  /// A message that the given packet completed.
  static CapturedMessage message(Packet packet, Carrier carrier, Protocol protocol, Octets bytes) {
    return new CapturedMessage(
        packet.frame(),
        packet.time(),
        packet.sourceEndpoint(),
        packet.destinationEndpoint(),
        carrier,
        protocol,
        bytes);
  }
}
