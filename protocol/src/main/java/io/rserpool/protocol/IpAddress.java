package io.rserpool.protocol;

import java.util.HexFormat;

/// A network address without port, scope or flow (RFC 5354 sections 3.1 and 3.2). A value of our
/// own,
/// so that protocol and engine stay free of sockets and name look-ups.
public sealed interface IpAddress permits IpAddress.V4, IpAddress.V6 {

  /// Whether this address only reaches the own machine.
  boolean isLoopback();

  /// Whether this address is only valid on one link, whose interface nobody else can know.
  boolean isLinkLocal();

  /// Whether this address belongs to a private or unique-local range.
  boolean isSiteLocal();

  /// Whether this is the wildcard that stands for all own addresses.
  boolean isUnspecified();

  /// Four or sixteen bytes in network order.
  byte[] toBytes();

  /// The address with the given four or sixteen bytes; an IPv4-mapped IPv6 address becomes IPv4.
  static IpAddress ofBytes(byte[] bytes) {
    if (bytes.length == 4) {
      return new V4(readInt(bytes, 0));
    }
    if (bytes.length == 16) {
      long high = readLong(bytes, 0);
      long low = readLong(bytes, 8);
      return high == 0 && (low >>> 32) == 0xffff ? new V4((int) low) : new V6(high, low);
    }
    throw new IllegalArgumentException(
        "an address has 4 or 16 bytes, but this one has " + bytes.length);
  }

  private static int readInt(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 24)
        | ((bytes[at + 1] & 0xff) << 16)
        | ((bytes[at + 2] & 0xff) << 8)
        | (bytes[at + 3] & 0xff);
  }

  private static long readLong(byte[] bytes, int at) {
    return ((long) readInt(bytes, at) << 32) | (readInt(bytes, at + 4) & 0xffff_ffffL);
  }

  /// An IPv4 address.
  ///
  /// @param bits the address as one number, first byte highest
  record V4(int bits) implements IpAddress {

    @Override
    public boolean isLoopback() {
      return bits >>> 24 == 127;
    }

    @Override
    public boolean isLinkLocal() {
      return bits >>> 16 == 0xa9fe;
    }

    @Override
    public boolean isSiteLocal() {
      return bits >>> 24 == 10 || bits >>> 20 == 0xac1 || bits >>> 16 == 0xc0a8;
    }

    @Override
    public boolean isUnspecified() {
      return bits == 0;
    }

    @Override
    public byte[] toBytes() {
      return new byte[] {
        (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
      };
    }

    /// Dotted decimal.
    @Override
    public String toString() {
      return (bits >>> 24)
          + "."
          + ((bits >>> 16) & 255)
          + "."
          + ((bits >>> 8) & 255)
          + "."
          + (bits & 255);
    }
  }

  /// An IPv6 address.
  ///
  /// @param high the first eight bytes
  /// @param low the last eight bytes
  record V6(long high, long low) implements IpAddress {

    @Override
    public boolean isLoopback() {
      return high == 0 && low == 1;
    }

    @Override
    public boolean isLinkLocal() {
      return high >>> 54 == 0x3fa;
    }

    @Override
    public boolean isSiteLocal() {
      return high >>> 57 == 0x7e;
    }

    @Override
    public boolean isUnspecified() {
      return high == 0 && low == 0;
    }

    @Override
    public byte[] toBytes() {
      byte[] bytes = new byte[16];
      for (int i = 0; i < 8; i++) {
        bytes[i] = (byte) (high >>> (56 - 8 * i));
        bytes[8 + i] = (byte) (low >>> (56 - 8 * i));
      }
      return bytes;
    }

    /// The canonical text form of RFC 5952: the longest run of zero groups shortened to `::`.
    @Override
    public String toString() {
      int runStart = -1;
      int runLength = 1;
      for (int i = 0; i < 8; i++) {
        int length = 0;
        while (i + length < 8 && group(i + length) == 0) {
          length++;
        }
        if (length > runLength) {
          runStart = i;
          runLength = length;
        }
        i += length;
      }
      StringBuilder text = new StringBuilder(39);
      for (int i = 0; i < 8; i++) {
        if (i == runStart) {
          text.append("::");
          i += runLength - 1;
          continue;
        }
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(group(i)));
      }
      return text.toString();
    }

    private int group(int index) {
      long half = index < 4 ? high : low;
      return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
    }
  }

  /// Hexadecimal digits of the address bytes, for dumps.
  default String toHex() {
    return HexFormat.of().formatHex(toBytes());
  }
}
