package io.rserpool.usrsctp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Socket addresses as C has them, packed one after the other:
///
///     0       2       4                               (Linux; macOS has the length in byte 0
///     +-------+-------+---------------+                and the family in byte 1)
///     | family| port  | address       | 8 zero bytes                            IPv4, 16 bytes
///     +-------+-------+---------------+
///     | family| port  | flow          | 16 bytes of address | scope             IPv6, 28 bytes
///     +-------+-------+---------------+
final class Sockaddrs {

  static final int V4_SIZE = 16;
  static final int V6_SIZE = 28;

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfShort NETWORK_SHORT = SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  private final Platform platform;

  Sockaddrs(Platform platform) {
    this.platform = platform;
  }

  MemorySegment encode(SegmentAllocator allocator, List<InetAddress> addresses, int port) {
    long size = addresses.stream().mapToLong(Sockaddrs::size).sum();
    MemorySegment packed = allocator.allocate(size, 8).fill((byte) 0);
    long at = 0;
    for (InetAddress address : addresses) {
      encode(packed.asSlice(at, size(address)), address, port);
      at += size(address);
    }
    return packed;
  }

  private void encode(MemorySegment to, InetAddress address, int port) {
    boolean isV6 = address instanceof Inet6Address;
    short family = isV6 ? platform.inet6Family() : Platform.INET_FAMILY;
    if (platform.hasAddressLength()) {
      to.set(JAVA_BYTE, 0, (byte) to.byteSize());
      to.set(JAVA_BYTE, 1, (byte) family);
    } else {
      to.set(SHORT, 0, family);
    }
    to.set(NETWORK_SHORT, 2, (short) port);
    byte[] bytes = address.getAddress();
    MemorySegment.copy(bytes, 0, to, JAVA_BYTE, isV6 ? 8 : 4, bytes.length);
    if (address instanceof Inet6Address v6) {
      to.set(INT, 24, v6.getScopeId());
    }
  }

  /// Reads addresses that the library has packed.
  List<InetAddress> decode(MemorySegment packed, int count) {
    List<InetAddress> addresses = new ArrayList<>(count);
    long at = 0;
    for (int i = 0; i < count; i++) {
      MemorySegment one = packed.asSlice(at);
      addresses.add(decode(one));
      at += isV6(one) ? V6_SIZE : V4_SIZE;
    }
    return addresses;
  }

  InetAddress decode(MemorySegment one) {
    boolean isV6 = isV6(one);
    byte[] bytes = one.asSlice(isV6 ? 8 : 4, isV6 ? 16 : 4).toArray(JAVA_BYTE);
    try {
      int scope = isV6 ? one.get(INT, 24) : 0;
      return scope == 0
          ? InetAddress.getByAddress(bytes)
          : Inet6Address.getByAddress(null, bytes, scope);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  static int port(MemorySegment one) {
    return Short.toUnsignedInt(one.get(NETWORK_SHORT, 2));
  }

  private boolean isV6(MemorySegment one) {
    int family = platform.hasAddressLength() ? one.get(JAVA_BYTE, 1) : one.get(SHORT, 0);
    return family == platform.inet6Family();
  }

  private static int size(InetAddress address) {
    return address instanceof Inet6Address ? V6_SIZE : V4_SIZE;
  }
}
