package io.rserpool.sim.session;

import io.rserpool.protocol.Octets;
import java.nio.ByteBuffer;

/// What an element knows of a session: which requests it has applied, in which order. Two elements
/// with the same state have applied the same.
///
/// @param session its number in the scope
/// @param count how many requests
/// @param digest of all their values, in order
public record State(long session, int count, long digest) {

  static final int SIZE = Long.BYTES + Integer.BYTES + Long.BYTES;

  private static final long PRIME = 0x0000_0100_0000_01b3L;
  private static final int HALF = 32;

  /// Nothing has been applied.
  public static State begin(long session) {
    return new State(session, 0, session);
  }

  /// One more request is applied.
  public State after(long value) {
    long mixed = (digest ^ value) * PRIME;
    return new State(session, count + 1, mixed ^ mixed >>> HALF);
  }

  Octets toOctets() {
    byte[] bytes = ByteBuffer.allocate(SIZE).putLong(session).putInt(count).putLong(digest).array();
    return Octets.copyOf(bytes, 0, bytes.length);
  }

  /// Reads what [#toOctets] wrote.
  static State of(Octets octets) {
    if (octets.size() != SIZE) {
      throw new IllegalArgumentException(
          "a state has %d bytes, but this has %d".formatted(SIZE, octets.size()));
    }
    ByteBuffer in = ByteBuffer.wrap(octets.toBytes());
    return new State(in.getLong(), in.getInt(), in.getLong());
  }
}
