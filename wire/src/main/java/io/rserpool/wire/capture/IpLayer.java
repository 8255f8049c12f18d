package io.rserpool.wire.capture;

import io.rserpool.protocol.IpAddress;
import java.time.Instant;
import java.util.Optional;

/// Reads IPv4 and IPv6 headers (RFC 791, RFC 8200). Fragments are noted, not put together: ASAP and
/// ENRP messages of ordinary size do not need them.
final class IpLayer {

  private static final int IPV4_HEADER_SIZE = 20;
  private static final int IPV6_HEADER_SIZE = 40;
  private static final int EXTENSION_SIZE = 8;

  private IpLayer() {}

  /// The packet after its IP header, or nothing if it is no IP packet or a part of one only.
  static Optional<Packet> read(int frame, Instant time, Slice ip, Notes notes) {
    if (ip.size() == 0) {
      return Optional.empty();
    }
    return switch (ip.u8(0) >> 4) {
      case 4 -> v4(frame, time, ip, notes);
      case 6 -> v6(frame, time, ip, notes);
      default -> Optional.empty();
    };
  }

  private static Optional<Packet> v4(int frame, Instant time, Slice ip, Notes notes) {
    int headerSize = (ip.u8(0) & 0x0f) * 4;
    if (headerSize < IPV4_HEADER_SIZE || ip.size() < headerSize) {
      notes.add(frame, "an IPv4 header is cut short");
      return Optional.empty();
    }
    if ((ip.u16(6) & 0x3fff) != 0) {
      notes.add(frame, "an IPv4 fragment, not put together");
      return Optional.empty();
    }
    // A total length of 0 is left by network adapters that cut packets themselves.
    int total = ip.u16(2) == 0 ? ip.size() : ip.u16(2);
    IpAddress source = new IpAddress.V4(ip.i32(12));
    IpAddress destination = new IpAddress.V4(ip.i32(16));
    Slice payload = ip.cut(headerSize, Math.max(0, total - headerSize));
    return Optional.of(new Packet(frame, time, source, destination, ip.u8(9), payload));
  }

  private static Optional<Packet> v6(int frame, Instant time, Slice ip, Notes notes) {
    if (ip.size() < IPV6_HEADER_SIZE) {
      notes.add(frame, "an IPv6 header is cut short");
      return Optional.empty();
    }
    IpAddress source = new IpAddress.V6(ip.i64(8), ip.i64(16));
    IpAddress destination = new IpAddress.V6(ip.i64(24), ip.i64(32));
    int protocol = ip.u8(6);
    Slice rest = ip.u16(4) == 0 ? ip.skip(IPV6_HEADER_SIZE) : ip.cut(IPV6_HEADER_SIZE, ip.u16(4));
    while (isExtension(protocol)) {
      if (rest.size() < EXTENSION_SIZE) {
        notes.add(frame, "an IPv6 extension header is cut short");
        return Optional.empty();
      }
      if (protocol == 44 && (rest.u16(2) & 0xfff9) != 0) {
        notes.add(frame, "an IPv6 fragment, not put together");
        return Optional.empty();
      }
      int size =
          switch (protocol) {
            case 44 -> EXTENSION_SIZE;
            case 51 -> (rest.u8(1) + 2) * 4;
            default -> (rest.u8(1) + 1) * 8;
          };
      protocol = rest.u8(0);
      rest = rest.skip(size);
    }
    return Optional.of(new Packet(frame, time, source, destination, protocol, rest));
  }

  /// Hop-by-hop options, routing, fragment, authentication, destination options, mobility.
  private static boolean isExtension(int protocol) {
    return switch (protocol) {
      case 0, 43, 44, 51, 60, 135 -> true;
      default -> false;
    };
  }
}
