package io.rserpool.engine.session.cookie;

import io.rserpool.protocol.Octets;
import java.util.random.RandomGenerator;

/// What the cookies of one session have in common, whichever element sealed them: chosen by the
/// session's first element, carried on by the next.
///
/// @param octets 16 bytes
public record SessionId(Octets octets) {

  /// Its bytes.
  public static final int SIZE = 16;

  public SessionId {
    if (octets.size() != SIZE) {
      throw new IllegalArgumentException(
          "a session identifier has 16 bytes, but this one has " + octets.size());
    }
  }

  /// A new one.
  public static SessionId create(RandomGenerator random) {
    byte[] bytes = new byte[SIZE];
    random.nextBytes(bytes);
    return new SessionId(Octets.of(bytes));
  }

  /// Its hexadecimal digits.
  @Override
  public String toString() {
    return octets.toHex();
  }
}
