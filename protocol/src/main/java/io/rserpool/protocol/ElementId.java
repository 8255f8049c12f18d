package io.rserpool.protocol;

/// The identifier of a pool element within its pool: a random 32-bit number that the element
/// chooses once (RFC 5352 section 3.1, RFC 5354 section 3.10).
///
/// @param value the number, all 32 bits significant; compared unsigned
public record ElementId(int value) implements Comparable<ElementId> {

  /// No element: 0 is never chosen, and stands for an absent PE Identifier parameter.
  public static final ElementId NONE = new ElementId(0);

  /// The identifier with the given number.
  public static ElementId of(int value) {
    return value == 0 ? NONE : new ElementId(value);
  }

  /// Reads decimal digits, or hexadecimal ones after `0x`.
  ///
  /// @throws IllegalArgumentException if the text is not an unsigned 32-bit number
  public static ElementId parse(String text) {
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
  public int compareTo(ElementId other) {
    return Integer.compareUnsigned(value, other.value);
  }

  /// `0x` and eight hexadecimal digits.
  @Override
  public String toString() {
    return String.format("0x%08x", value);
  }
}
