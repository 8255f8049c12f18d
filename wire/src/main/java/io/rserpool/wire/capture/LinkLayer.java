package io.rserpool.wire.capture;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds the IP packet in what the network interface saw. The numbers are those of the registry of
/// link-layer header types.
final class LinkLayer {

  private static final int NULL = 0;
  private static final int ETHERNET = 1;
  private static final int RAW_BSD = 12;
  private static final int RAW_OPENBSD = 14;
  private static final int RAW = 101;
  private static final int LOOP = 108;
  private static final int LINUX_SLL = 113;
  private static final int RAW_IPV4 = 228;
  private static final int RAW_IPV6 = 229;
  private static final int LINUX_SLL2 = 276;

  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;
  private static final int ETHERTYPE_VLAN = 0x8100;
  private static final int ETHERTYPE_QINQ = 0x88a8;

  private final Notes notes;
  private final Set<Integer> unknown = new TreeSet<>();

  LinkLayer(Notes notes) {
    this.notes = notes;
  }

  /// The IP packet, or nothing if there is none. An unknown header type is noted once.
  Optional<Slice> ipPacket(int frame, int linkType, Slice packet) {
    return switch (linkType) {
      case RAW, RAW_BSD, RAW_OPENBSD, RAW_IPV4, RAW_IPV6 -> Optional.of(packet);
      case NULL, LOOP -> Optional.of(packet.skip(4));
      case ETHERNET -> ethernet(packet);
      case LINUX_SLL -> afterType(packet, 14, 16);
      case LINUX_SLL2 -> afterType(packet, 0, 20);
      default -> {
        if (unknown.add(linkType)) {
          notes.add(frame, "link type " + linkType + " is unknown; its packets are passed over");
        }
        yield Optional.empty();
      }
    };
  }

  private static Optional<Slice> ethernet(Slice packet) {
    int typeAt = 12;
    while (packet.size() >= typeAt + 2) {
      int type = packet.u16(typeAt);
      if (type != ETHERTYPE_VLAN && type != ETHERTYPE_QINQ) {
        return afterType(packet, typeAt, typeAt + 2);
      }
      typeAt += 4;
    }
    return Optional.empty();
  }

  private static Optional<Slice> afterType(Slice packet, int typeAt, int headerSize) {
    if (packet.size() < headerSize) {
      return Optional.empty();
    }
    int type = packet.u16(typeAt);
    return type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6
        ? Optional.of(packet.skip(headerSize))
        : Optional.empty();
  }
}
