package io.rserpool.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// An immutable string of bytes with value equality and unsigned lexicographic order: the form in
/// which everything opaque travels (pool handles, cookies, unknown parameters, cause information).
public final class Octets implements Comparable<Octets> {

  /// No bytes at all.
  public static final Octets EMPTY = new Octets(new byte[0]);

  private final byte[] bytes;
  private int hash;

  private Octets(byte[] ownedBytes) {
    this.bytes = ownedBytes;
  }

  /// Copies the given bytes.
  public static Octets of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
  }

  /// Copies `length` bytes from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException if the range does not lie within `bytes`
  public static Octets copyOf(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return length == 0 ? EMPTY : new Octets(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /// The UTF-8 form of a text.
  public static Octets ofUtf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Reads pairs of hexadecimal digits, without separators.
  ///
  /// @throws IllegalArgumentException if the text is not made of such pairs
  public static Octets ofHex(String digits) {
    return of(HexFormat.of().parseHex(digits));
  }

  /// The number of bytes.
  public int size() {
    return bytes.length;
  }

  /// Whether there are no bytes.
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /// The byte at `index`, as a number from 0 to 255.
  public int unsignedByteAt(int index) {
    return bytes[index] & 0xff;
  }

  /// Copies all bytes into `target`, from `offset` on.
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  /// A fresh copy of the bytes.
  public byte[] toBytes() {
    return bytes.clone();
  }

  /// Lower-case hexadecimal digits, two for each byte.
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  /// The bytes as text if all of them are printable ASCII, else as `0x` and hexadecimal digits.
  public String toDisplay() {
    for (byte b : bytes) {
      if (b < 0x20 || b > 0x7e) {
        return "0x" + toHex();
      }
    }
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Override
  public int compareTo(Octets other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Octets that && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    // Racy on purpose and harmless: every computation yields the same number.
    if (hash == 0) {
      hash = Arrays.hashCode(bytes);
    }
    return hash;
  }

  @Override
  public String toString() {
    return toDisplay();
  }
}
