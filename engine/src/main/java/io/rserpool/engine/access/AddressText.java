package io.rserpool.engine.access;

import io.rserpool.protocol.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads addresses as people write them, and never anything else: no names, no octal numbers, no
/// scopes (RFC 4291 section 2.2).
final class AddressText {

  private static final int GROUPS = 8;

  private AddressText() {}

  static Optional<IpAddress> parse(String text) {
    return text.indexOf(':') < 0
        ? v4(text).map(IpAddress.V4::new)
        : v6(text).map(IpAddress::ofBytes);
  }

  private static Optional<Integer> v4(String text) {
    String[] parts = text.split("\\.", -1);
    int bits = 0;
    for (String part : parts) {
      Optional<Integer> number = number(part, 10, 3, 255);
      boolean hasZero = part.length() > 1 && part.charAt(0) == '0';
      if (parts.length != 4 || number.isEmpty() || hasZero) {
        return Optional.empty();
      }
      bits = bits << 8 | number.get();
    }
    return Optional.of(bits);
  }

  private static Optional<byte[]> v6(String text) {
    int gap = text.indexOf("::");
    Optional<List<Integer>> before = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
    Optional<List<Integer>> after = groups(gap < 0 ? "" : text.substring(gap + 2), true);
    if (before.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    int given = before.get().size() + after.get().size();
    if (gap < 0 ? given != GROUPS : given >= GROUPS) {
      return Optional.empty();
    }
    List<Integer> groups = new ArrayList<>(before.get());
    while (groups.size() + after.get().size() < GROUPS) {
      groups.add(0);
    }
    groups.addAll(after.get());
    byte[] bytes = new byte[2 * GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      bytes[2 * i] = (byte) (groups.get(i) >>> 8);
      bytes[2 * i + 1] = (byte) (int) groups.get(i);
    }
    return Optional.of(bytes);
  }

  /// Groups of 16 bits.
  ///
  /// @param isEnd whether the last two may be written as an IPv4 address
  private static Optional<List<Integer>> groups(String text, boolean isEnd) {
    List<Integer> groups = new ArrayList<>();
    String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      Optional<Integer> group = number(parts[i], 16, 4, 0xffff);
      boolean isLast = isEnd && i == parts.length - 1;
      Optional<Integer> tail = isLast ? v4(parts[i]) : Optional.empty();
      if (group.isPresent()) {
        groups.add(group.get());
      } else if (tail.isPresent()) {
        groups.add(tail.get() >>> 16);
        groups.add(tail.get() & 0xffff);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static Optional<Integer> number(String digits, int radix, int sizeMax, int max) {
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= sizeMax
            && digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
    return isNumber
        ? Optional.of(Integer.parseInt(digits, radix)).filter(number -> number <= max)
        : Optional.empty();
  }
}
