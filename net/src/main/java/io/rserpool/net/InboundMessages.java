package io.rserpool.net;

import io.netty.buffer.ByteBuf;
import io.rserpool.protocol.Octets;
import io.rserpool.wire.MessageFramer;
import java.util.Arrays;

/// Cuts the bytes of one TCP connection into messages. Whole messages are read in place, in a
/// buffer
/// that all connections of a loop share; only what is incomplete is kept, in memory that grows with
/// the
/// bytes that have really come and not with what a header promises.
final class InboundMessages {

  /// What comes out; `bytes` are only valid during the call.
  interface Sink {

    /// One whole message, padding included.
    void message(byte[] bytes, int offset, int length);

    /// What follows cannot be cut any more.
    void unframeable(Octets header, String explanation);

    /// Whether more is wanted.
    boolean isOpen();
  }

  private static final byte[] NOTHING = {};
  private static final int HEADER_SIZE = 4;

  private final int limit;
  private byte[] partial = NOTHING;
  private int partialSize;

  /// How many messages have begun in parts; tells one incomplete message from the next.
  private long partials;

  /// @param messageBytesMax the largest acceptable message
  InboundMessages(int messageBytesMax) {
    this.limit = (messageBytesMax + 3) & ~3;
  }

  /// Whether there is the beginning of a message whose rest is missing.
  boolean isPartial() {
    return partialSize > 0;
  }

  /// Changes whenever another message begins in parts.
  long partials() {
    return partials;
  }

  /// Reads all of `in`, until the sink is not open any more; the rest stays in `in` then.
  ///
  /// @param scratch lent for the call
  void read(ByteBuf in, byte[] scratch, Sink sink) {
    while (in.isReadable() && sink.isOpen()) {
      if (isPartial()) {
        readRest(in, sink);
      } else {
        readWhole(in, scratch, sink);
      }
    }
  }

  private void readWhole(ByteBuf in, byte[] scratch, Sink sink) {
    int size = Math.min(in.readableBytes(), scratch.length);
    in.readBytes(scratch, 0, size);
    int at = 0;
    while (at < size && sink.isOpen()) {
      int next = MessageFramer.next(scratch, at, size - at, limit);
      if (next == MessageFramer.NEED_MORE) {
        partial = Arrays.copyOfRange(scratch, at, Math.max(size, at + HEADER_SIZE));
        partialSize = size - at;
        partials++;
        return;
      }
      if (next < 0) {
        reject(scratch, at, sink);
        return;
      }
      sink.message(scratch, at, next);
      at += next;
    }
    in.readerIndex(in.readerIndex() - (size - at));
  }

  private void readRest(ByteBuf in, Sink sink) {
    append(in, HEADER_SIZE);
    if (partialSize < HEADER_SIZE) {
      return;
    }
    int size = MessageFramer.sizeOf(partial, 0, limit);
    if (size < 0) {
      reject(partial, 0, sink);
      return;
    }
    append(in, size);
    if (partialSize == size) {
      byte[] whole = partial;
      partial = NOTHING;
      partialSize = 0;
      sink.message(whole, 0, size);
    }
  }

  private void append(ByteBuf in, int upTo) {
    int size = Math.min(upTo - partialSize, in.readableBytes());
    if (size <= 0) {
      return;
    }
    if (partialSize + size > partial.length) {
      int room = Math.min(upTo, Math.max(2 * partial.length, partialSize + size));
      partial = Arrays.copyOf(partial, room);
    }
    in.readBytes(partial, partialSize, size);
    partialSize += size;
  }

  private void reject(byte[] bytes, int at, Sink sink) {
    int length = ((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff);
    sink.unframeable(
        Octets.copyOf(bytes, at, HEADER_SIZE),
        "expected a message of 4 to " + limit + " bytes, but its header says " + length);
  }
}
