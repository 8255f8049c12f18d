package io.rserpool.protocol;

/// The identifier of a registrar: a random 32-bit number that stays the same until the registrar is
/// restarted (RFC 5353 section 3.2.1).
///
/// @param value the number, all 32 bits significant; compared unsigned
public record ServerId(int value) implements Comparable<ServerId> {

  /// No registrar: "not determined" as a home, "to whom it may concern" as a receiver.
  public static final ServerId NONE = new ServerId(0);

  /// The identifier with the given number.
  public static ServerId of(int value) {
    return value == 0 ? NONE : new ServerId(value);
  }

  /// Reads decimal digits, or hexadecimal ones after `0x`.
  ///
  /// @throws IllegalArgumentException if the text is not an unsigned 32-bit number
  public static ServerId parse(String text) {
    try {
      return of(
          text.startsWith("0x") || text.startsWith("0X")
              ? Integer.parseUnsignedInt(text.substring(2), 16)
              : Integer.parseUnsignedInt(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "an identifier is a number from 1 to 4294967295, or 0x and up to 8 hexadecimal digits,"
              + " but this is '"
              + text
              + "'",
          e);
    }
  }

  /// Whether this is [#NONE].
  public boolean isNone() {
    return value == 0;
  }

  @Override
  public int compareTo(ServerId other) {
    return Integer.compareUnsigned(value, other.value);
  }

  /// `0x` and eight hexadecimal digits.
  @Override
  public String toString() {
    return String.format("0x%08x", value);
  }
}
