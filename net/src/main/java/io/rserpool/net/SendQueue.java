package io.rserpool.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/// What one TCP connection still has to send: messages since the last flush, gathered in one buffer
/// so that a batch costs one system call, and what the socket has not taken yet.
final class SendQueue {

  /// The most that is gathered before it goes to the socket: beyond it, system calls are no cheaper.
  private static final int GATHERED_MAX = 1 << 16;

  private static final int BUFFER_SIZE_MIN = 512;

  /// Above it a peer gets no more chances to ask; enough to keep a fast peer busy meanwhile.
  private static final int HIGH_WATER = 1 << 18;

  /// The part of the limit that is the high water mark if the limit is small, and the part of the
  /// high water mark that is the low one.
  private static final int QUARTER = 4;

  private final Channel channel;
  private @Nullable ByteBuf gathered;

  /// The buffer that the next batch begins with: batches are much alike.
  private int bufferSize = BUFFER_SIZE_MIN;

  /// @param limit bytes that may wait
  SendQueue(Channel channel, int limit) {
    this.channel = channel;
    int high = Math.min(HIGH_WATER, limit / QUARTER);
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(high / QUARTER, high));
  }

  /// Whether a message of that size is to be added after a flush only.
  boolean isFullFor(int size) {
    return gathered != null && gathered.readableBytes() + size > GATHERED_MAX;
  }

  /// Adds a message.
  ///
  /// @return whether it is the first since the last flush
  boolean add(byte[] message) {
    boolean first = gathered == null;
    if (gathered == null) {
      gathered = channel.alloc().ioBuffer(Math.max(bufferSize, message.length));
    }
    gathered.writeBytes(message);
    return first;
  }

  /// Bytes that wait, flushed or not.
  long waitingBytes() {
    return waitingInSocket() + (gathered == null ? 0 : gathered.readableBytes());
  }

  /// Whether so much waits that the peer should read before it asks for more. Remains so until the
  /// low water mark is reached; the channel tells then.
  boolean isAboveWater() {
    return !channel.isWritable();
  }

  /// Whether anything that is sent now can still arrive.
  boolean isConnected() {
    return channel.isActive();
  }

  /// Hands everything to the socket.
  ///
  /// @return whether the socket has not taken all of it
  boolean flush() {
    ByteBuf bytes = gathered;
    gathered = null;
    if (bytes != null) {
      bufferSize =
          Math.clamp(
              Math.max(bytes.readableBytes(), bufferSize / 2), BUFFER_SIZE_MIN, GATHERED_MAX);
      ChannelFuture _ = channel.writeAndFlush(bytes, channel.voidPromise());
    }
    return waitingInSocket() > 0;
  }

  /// Done when everything that waits now has left.
  ChannelFuture mark() {
    flush();
    // Below TLS, which has nothing to do with what is empty.
    ChannelHandlerContext layer = channel.pipeline().context(SslHandler.class);
    return layer == null
        ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
        : layer.writeAndFlush(Unpooled.EMPTY_BUFFER);
  }

  /// Throws away what was not flushed.
  void release() {
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
  }

  private long waitingInSocket() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }
}
