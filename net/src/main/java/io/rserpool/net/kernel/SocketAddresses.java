package io.rserpool.net.kernel;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Internet addresses as the kernel has them, one after the other.
///
///     struct sockaddr_in     0 family 2   2 port   4 address                       (16 bytes)
///     struct sockaddr_in6    0 family 10  2 port   4 flow   8 address   24 scope   (28 bytes)
///
/// Ports and addresses are in network order, the rest in the machine's.
final class SocketAddresses {

  private static final int FAMILY_IPV4 = 2;
  private static final int FAMILY_IPV6 = 10;
  private static final int BYTES_IPV4 = 16;
  private static final int BYTES_IPV6 = 28;

  private SocketAddresses() {}

  static byte[] encode(List<InetAddress> addresses, int port) {
    ByteBuffer out =
        ByteBuffer.allocate(addresses.size() * BYTES_IPV6).order(ByteOrder.nativeOrder());
    for (InetAddress address : addresses) {
      int start = out.position();
      boolean isIpv6 = address instanceof Inet6Address;
      out.putShort((short) (isIpv6 ? FAMILY_IPV6 : FAMILY_IPV4));
      out.put((byte) (port >> 8)).put((byte) port);
      if (address instanceof Inet6Address ipv6) {
        out.putInt(0).put(ipv6.getAddress()).putInt(ipv6.getScopeId());
      } else {
        out.put(address.getAddress()).position(start + BYTES_IPV4);
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /// Reads so many addresses; ports are dropped.
  ///
  /// @throws IOException if these are no Internet addresses
  static List<InetAddress> decode(byte[] bytes, int start, int count) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).position(start);
    List<InetAddress> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int begin = in.position();
      boolean isIpv6 = familyAt(in, begin) == FAMILY_IPV6;
      byte[] raw = new byte[isIpv6 ? 16 : 4];
      in.get(begin + (isIpv6 ? 8 : 4), raw);
      addresses.add(address(raw, isIpv6 ? in.getInt(begin + 24) : 0));
      in.position(begin + (isIpv6 ? BYTES_IPV6 : BYTES_IPV4));
    }
    return addresses;
  }

  private static int familyAt(ByteBuffer in, int begin) throws IOException {
    int left = in.limit() - begin;
    int family = left < 2 ? 0 : in.getShort(begin);
    if (!(family == FAMILY_IPV4 && left >= BYTES_IPV4)
        && !(family == FAMILY_IPV6 && left >= BYTES_IPV6)) {
      throw new IOException(
          "expected an address of family 2 or 10 from the kernel, but there is one of family "
              + family
              + " in "
              + left
              + " bytes");
    }
    return family;
  }

  /// IPv4 addresses that are written as IPv6 ones become IPv4 again.
  private static InetAddress address(byte[] raw, int scope) throws IOException {
    return scope == 0 ? InetAddress.getByAddress(raw) : Inet6Address.getByAddress(null, raw, scope);
  }
}
