package io.rserpool.engine.access;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;

/// Pools, several at once: the UTF-8 form of a text is compared with the bytes of the whole handle;
/// `*` stands for any run of bytes.
public final class PoolPattern {

  /// All pools.
  public static final PoolPattern ALL = new PoolPattern("*");

  private final String text;
  private final Wildcard wildcard;
  private final boolean isAll;

  private PoolPattern(String text) {
    this.text = text;
    this.wildcard = Wildcard.of(Octets.ofUtf8(text));
    this.isAll = wildcard.isAnything();
  }

  /// The pattern with the given text.
  ///
  /// @throws IllegalArgumentException that says what was expected and what was given
  public static PoolPattern parse(String text) {
    if (text.isEmpty() || text.length() > PoolHandle.MAX_SIZE) {
      throw new IllegalArgumentException(
          "a pattern of pools is a pool handle such as echo, or echo*, but this has %d characters"
              .formatted(text.length()));
    }
    return new PoolPattern(text);
  }

  /// Whether a pool is one of those.
  public boolean matches(PoolHandle handle) {
    return isAll || wildcard.matches(handle.octets());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PoolPattern pattern && text.equals(pattern.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// The text.
  @Override
  public String toString() {
    return text;
  }
}
