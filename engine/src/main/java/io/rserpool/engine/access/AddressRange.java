package io.rserpool.engine.access;

import io.rserpool.protocol.IpAddress;
import java.util.Optional;

/// All addresses that begin with the same bits: `10.0.0.0/8`, `2001:db8::/32`, or one address.
///
/// @param network the first of them
/// @param bits how many bits they have in common
public record AddressRange(IpAddress network, int bits) {

  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;

  public AddressRange {
    int most = size(network);
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException(
          "a range of %s has 0 to %d common bits, but this one has %d"
              .formatted(network, most, bits));
    }
    IpAddress first = masked(network, bits);
    if (!first.equals(network)) {
      throw new IllegalArgumentException(
          "a range begins with its first address, which is %s/%d, but this is %s/%d"
              .formatted(first, bits, network, bits));
    }
  }

  /// Reads `address/bits`, or a single address.
  ///
  /// @throws IllegalArgumentException that says what was expected and what was given
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String digits = slash < 0 ? "" : text.substring(slash + 1);
    Optional<IpAddress> address = AddressText.parse(slash < 0 ? text : text.substring(0, slash));
    boolean isNumber = digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (address.isEmpty() || !isNumber || (slash >= 0 && digits.isEmpty())) {
      throw new IllegalArgumentException(
          "a range of addresses is written 10.0.0.0/8 or 2001:db8::/32, but this is '"
              + text
              + "'");
    }
    int bits = slash < 0 ? size(address.get()) : Integer.parseInt(digits);
    return new AddressRange(address.get(), bits);
  }

  /// Whether an address is one of those.
  public boolean contains(IpAddress address) {
    return size(address) == size(network) && masked(address, bits).equals(network);
  }

  private static int size(IpAddress address) {
    return switch (address) {
      case IpAddress.V4 _ -> V4_BITS;
      case IpAddress.V6 _ -> V6_BITS;
    };
  }

  private static IpAddress masked(IpAddress address, int bits) {
    return switch (address) {
      case IpAddress.V4(int value) -> new IpAddress.V4((int) (value & mask(bits + V4_BITS)));
      case IpAddress.V6(long high, long low) ->
          new IpAddress.V6(high & mask(bits), low & mask(bits - Long.SIZE));
    };
  }

  /// The highest `bits` bits of 64.
  private static long mask(int bits) {
    return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
  }

  /// As it is written.
  @Override
  public String toString() {
    return network + "/" + bits;
  }
}
