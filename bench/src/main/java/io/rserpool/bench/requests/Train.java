package io.rserpool.bench.requests;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;

/// Prepared messages of one size, back to back in memory that sockets write from directly: any
/// number of neighbours leaves in one piece, and sending costs as little as it can.
///
/// @param bytes the messages
/// @param carSize the size of each
record Train(ByteBuf bytes, int carSize) {

  /// How many messages a train has.
  static final int CARS = 64;

  static Train of(List<byte[]> messages) {
    int size = messages.getFirst().length;
    ByteBuffer bytes = ByteBuffer.allocateDirect(size * messages.size());
    for (byte[] message : messages) {
      if (message.length != size) {
        throw new IllegalArgumentException(
            "all messages of a train have one size, but there are "
                + size
                + " and "
                + message.length);
      }
      bytes.put(message);
    }
    return new Train(Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes.flip())), size);
  }

  /// Some neighbours, to be written.
  ByteBuf cars(int first, int count) {
    return bytes.slice(first * carSize, count * carSize);
  }
}
