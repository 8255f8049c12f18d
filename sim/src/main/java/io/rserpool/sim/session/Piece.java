package io.rserpool.sim.session;

import io.rserpool.engine.session.Payload;
import io.rserpool.engine.session.SendOption;
import java.nio.ByteBuffer;

/// Data of a session.
public sealed interface Piece extends Payload {

  /// The payload protocol identifier of data.
  int PPID = 0x5e55;

  /// Apply this.
  ///
  /// @param session its number in the scope
  /// @param number from 1 on; the same number asks for the same thing
  /// @param value what is to be applied
  /// @param serial counts what the session was offered, from 1 on; 0 for what belongs to a greeting
  /// @param option what becomes of it at a failover
  record Request(long session, int number, long value, long serial, SendOption option)
      implements Piece {

    static final int SIZE = 4 * Long.BYTES;

    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public byte[] toBytes() {
      return ByteBuffer.allocate(SIZE)
          .putLong(session)
          .putLong(number)
          .putLong(value)
          .putLong(serial)
          .array();
    }
  }

  /// It is applied.
  ///
  /// @param conversation one link of one life of one element
  /// @param running counts the answers there, from 1 on
  /// @param number of the request
  /// @param digest of the state after it
  record Reply(long conversation, long running, int number, long digest) implements Piece {

    static final int SIZE = 4 * Long.BYTES + 1;

    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public byte[] toBytes() {
      return ByteBuffer.allocate(SIZE)
          .putLong(conversation)
          .putLong(running)
          .putLong(number)
          .putLong(digest)
          .array();
    }
  }

  /// As it travels.
  byte[] toBytes();

  /// Reads what [#toBytes] wrote; of a request all but its option.
  static Piece of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return bytes.length == Request.SIZE
        ? new Request(
            in.getLong(), (int) in.getLong(), in.getLong(), in.getLong(), SendOption.FAILOVER)
        : new Reply(in.getLong(), in.getLong(), (int) in.getLong(), in.getLong());
  }
}
