package io.rserpool.engine.session.cookie;

import java.util.Arrays;
import java.util.Base64;

/// One key that the servers of a pool share, with its version. Its text form has everything but the
/// key itself.
public final class CookieKey {

  /// The bytes of a key: 256 bits.
  public static final int SIZE = 32;

  /// Versions are unsigned 32-bit numbers, and 0 is none.
  static final long VERSION_MAX = 0xffff_ffffL;

  private final long version;
  private final byte[] secret;
  private final long sealsFromMs;

  /// A key.
  ///
  /// @param version 1 to 4294967295
  /// @param secret 32 bytes that nobody can guess
  /// @param sealsFromMs the time, in milliseconds since 1970, from which it seals: until then it only
  ///     opens, so that every server has it before the first cookie needs it
  public CookieKey(long version, byte[] secret, long sealsFromMs) {
    if (version < 1 || version > VERSION_MAX) {
      throw new IllegalArgumentException(
          "a key has a version from 1 to 4294967295, but this is " + version);
    }
    if (secret.length != SIZE) {
      throw new IllegalArgumentException(
          "a key has 32 bytes, but that of version %d has %d".formatted(version, secret.length));
    }
    this.version = version;
    this.secret = secret.clone();
    this.sealsFromMs = sealsFromMs;
  }

  /// The number by which cookies name it.
  public long version() {
    return version;
  }

  /// The time from which it seals, in milliseconds since 1970.
  public long sealsFromMs() {
    return sealsFromMs;
  }

  /// A copy of the key itself.
  byte[] secret() {
    return secret.clone();
  }

  /// For the key file only.
  String base64() {
    return Base64.getEncoder().encodeToString(secret);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CookieKey that
        && version == that.version
        && sealsFromMs == that.sealsFromMs
        && Arrays.equals(secret, that.secret);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(version);
  }

  @Override
  public String toString() {
    return "cookie key " + version;
  }
}
