package io.rserpool.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/// What one TCP connection still has to send: messages since the last flush, gathered in one buffer
/// so
/// that a batch costs one system call, and what the socket has not taken yet.
final class SendQueue {

  private static final int BUFFER_SIZE = 512;

  private final Channel channel;
  private @Nullable ByteBuf unflushed;

  SendQueue(Channel channel) {
    this.channel = channel;
  }

  /// Adds a message.
  ///
  /// @return whether it is the first since the last flush
  boolean add(byte[] message) {
    boolean first = unflushed == null;
    if (unflushed == null) {
      unflushed = channel.alloc().ioBuffer(Math.max(BUFFER_SIZE, message.length));
    }
    unflushed.writeBytes(message);
    return first;
  }

  /// Bytes that wait, flushed or not.
  long waitingBytes() {
    return waitingInSocket() + (unflushed == null ? 0 : unflushed.readableBytes());
  }

  /// Hands everything to the socket.
  ///
  /// @return whether the socket has not taken all of it
  boolean flush() {
    ByteBuf bytes = unflushed;
    unflushed = null;
    if (bytes != null) {
      ChannelFuture _ = channel.writeAndFlush(bytes, channel.voidPromise());
    }
    return waitingInSocket() > 0;
  }

  /// Done when everything that waits now has left.
  ChannelFuture mark() {
    flush();
    return channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
  }

  /// Throws away what was not flushed.
  void release() {
    if (unflushed != null) {
      unflushed.release();
      unflushed = null;
    }
  }

  private long waitingInSocket() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }
}
