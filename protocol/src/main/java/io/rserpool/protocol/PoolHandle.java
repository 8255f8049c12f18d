package io.rserpool.protocol;

/// The name of a pool: any byte string, compared byte by byte, without character set or terminating
/// zero (RFC 5354 section 3.9).
///
/// @param octets the name, 1 to [#MAX_SIZE] bytes
public record PoolHandle(Octets octets) implements Comparable<PoolHandle> {

  /// The longest handle that fits a parameter of 65535 bytes.
  public static final int MAX_SIZE = 65_531;

  /// The longest handle that rsplib survives (profile `rsplib` refuses longer ones).
  public static final int MAX_SIZE_RSPLIB = 32;

  public PoolHandle {
    if (octets.isEmpty() || octets.size() > MAX_SIZE) {
      throw new IllegalArgumentException(
          "a pool handle has 1 to " + MAX_SIZE + " bytes, but this one has " + octets.size());
    }
  }

  /// The handle whose bytes are the UTF-8 form of a text.
  public static PoolHandle of(String text) {
    return new PoolHandle(Octets.ofUtf8(text));
  }

  /// The number of bytes.
  public int size() {
    return octets.size();
  }

  @Override
  public int compareTo(PoolHandle other) {
    return octets.compareTo(other.octets);
  }

  /// The name as text if it is printable ASCII, else `0x` and hexadecimal digits.
  @Override
  public String toString() {
    return octets.toDisplay();
  }
}
