package io.rserpool.bench.scale;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.rserpool.bench.requests.Loops;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.Decoded;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// A pool user that has subscribed to every pool, and notes when elements go.
@SuppressWarnings(
    "FutureReturnValueIgnored") // A failed write closes the connection, which is noticed.
final class Watcher extends ChannelInboundHandlerAdapter implements AutoCloseable {

  private final EventLoopGroup loop = Loops.one("watcher");
  private final Channel channel;
  private final int[] sizes = new int[Layout.POOLS];
  private final Histogram goneNs = new Histogram(TimeUnit.MINUTES.toNanos(5), 3);
  private ByteBuf left = Unpooled.EMPTY_BUFFER;
  private long countedFromNs;
  private volatile int pools;
  private volatile long gone;

  /// Subscribes.
  Watcher(int port) throws InterruptedException {
    Arrays.fill(sizes, -1);
    channel =
        new Bootstrap()
            .group(loop)
            .channel(Loops.channel())
            .handler(this)
            .connect("127.0.0.1", port)
            .sync()
            .channel();
    for (long waited = 0; pools < Layout.POOLS; waited++) {
      if (waited > 4_000) {
        throw new IllegalStateException(
            "expected answers about " + Layout.POOLS + " pools, but saw " + pools);
      }
      Thread.sleep(5);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    subscribe(context, 0);
  }

  /// One pool after the other: all answers at once would be more than may wait for one peer.
  private static void subscribe(ChannelHandlerContext context, int pool) {
    if (pool < Layout.POOLS) {
      context.writeAndFlush(Unpooled.wrappedBuffer(Messages.subscription(pool)));
    }
  }

  /// Elements that go from now on are noted with the time since now.
  void begin() throws InterruptedException {
    loop.submit(
            () -> {
              goneNs.reset();
              gone = 0;
              countedFromNs = System.nanoTime();
            })
        .sync();
  }

  /// Waits for some elements to go.
  ///
  /// @return how long after [#begin] each went
  Histogram await(long count, Duration atMost) throws InterruptedException {
    long deadlineNs = System.nanoTime() + atMost.toNanos();
    while (gone < count && System.nanoTime() < deadlineNs) {
      Thread.sleep(5);
    }
    Histogram[] copy = new Histogram[1];
    loop.submit(() -> copy[0] = goneNs.copy()).sync();
    return copy[0];
  }

  /// How many have gone since [#begin].
  long gone() {
    return gone;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object read) {
    ByteBuf bytes = Messages.whole(left, (ByteBuf) read);
    for (int size = Messages.completeSize(bytes); size > 0; size = Messages.completeSize(bytes)) {
      take(context, ByteBufUtil.getBytes(bytes, bytes.readerIndex(), size));
      bytes.skipBytes(size);
    }
    left = bytes.isReadable() ? bytes : Unpooled.EMPTY_BUFFER;
    if (!bytes.isReadable()) {
      bytes.release();
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the event loop writes.
  private void take(ChannelHandlerContext context, byte[] bytes) {
    Decoded<AsapMessage> decoded = Messages.CODEC.decode(bytes, 0, bytes.length);
    if (!(decoded instanceof Decoded.Message<AsapMessage>(AsapMessage message, _, _)
        && message instanceof AsapHandleResolutionResponse response)) {
      throw new IllegalStateException("expected answers to resolutions, but saw " + decoded);
    }
    int pool = Messages.poolOf(response.handle());
    int size =
        switch (response.resolution()) {
          case AsapHandleResolutionResponse.Found found -> found.elements().size();
          case AsapHandleResolutionResponse.Refused _ -> 0;
        };
    if (sizes[pool] < 0) {
      pools++;
      subscribe(context, pools);
    }
    for (int i = size; i < sizes[pool]; i++) {
      goneNs.recordValue(System.nanoTime() - countedFromNs);
      gone++;
    }
    sizes[pool] = size;
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
