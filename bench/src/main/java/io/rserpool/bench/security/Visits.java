package io.rserpool.bench.security;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.rserpool.bench.requests.Exchange;
import io.rserpool.bench.requests.Loops;
import io.rserpool.bench.requests.ServerProcess;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Some callers at once, on one thread: each connects, asks one thing, gets its answer, goes, and begins
/// again.
@SuppressWarnings("FutureReturnValueIgnored") // What fails is counted as a failed visit.
final class Visits implements AutoCloseable {

  static final int AT_ONCE = 16;
  private static final String HOST = "127.0.0.1";
  private static final int HEADER_SIZE = 4;
  private static final long TIME_NS_MAX = TimeUnit.SECONDS.toNanos(60);
  private static final AtomicLong BEGUN = new AtomicLong();

  /// How a connection is secured.
  @FunctionalInterface
  interface Securing {
    /// The caller's side of a new connection.
    ///
    /// @param slot which of the callers, from 1
    /// @param number which visit of all, never the same twice
    SSLEngine caller(int slot, long number);
  }

  /// What was seen.
  ///
  /// @param resumed visits whose session was resumed
  record Result(
      long visits,
      long resumed,
      long failed,
      long elapsedNs,
      long serverNs,
      Histogram latenciesNs) {

    double perSecond() {
      return visits * 1e9 / elapsedNs;
    }

    double serverMsEach() {
      return serverNs / 1e6 / Math.max(1, visits);
    }

    double latencyMs(double percentile) {
      return latenciesNs.getValueAtPercentile(percentile) / 1e6;
    }

    double resumedShare() {
      return (double) resumed / Math.max(1, visits);
    }

    String trouble() {
      return failed == 0 ? "" : failed + " FAILED";
    }

    Result plus(Result other) {
      Histogram latencies = latenciesNs.copy();
      latencies.add(other.latenciesNs);
      return new Result(
          visits + other.visits,
          resumed + other.resumed,
          failed + other.failed,
          elapsedNs + other.elapsedNs,
          serverNs + other.serverNs,
          latencies);
    }
  }

  private final ServerProcess server;
  private final @Nullable Securing securing;
  private final EventLoopGroup loop = Loops.one("visits");
  private final byte[] question = Exchange.RESOLUTION.request(0, 0);
  private final Histogram latenciesNs = new Histogram(TIME_NS_MAX, 3);
  private boolean ending;
  private long visits;
  private long resumed;
  private long failed;

  Visits(ServerProcess server, @Nullable Securing securing) {
    this.server = server;
    this.securing = securing;
  }

  /// Visits for some time.
  Result run(Duration time) throws InterruptedException {
    Duration before = server.processorTime();
    long startNs = System.nanoTime();
    for (int slot = 1; slot <= AT_ONCE; slot++) {
      int caller = slot;
      loop.execute(() -> visit(caller));
    }
    Thread.sleep(time);
    Result[] result = new Result[1];
    loop.submit(
            () -> {
              ending = true;
              result[0] =
                  new Result(
                      visits,
                      resumed,
                      failed,
                      System.nanoTime() - startNs,
                      server.processorTime().minus(before).toNanos(),
                      latenciesNs.copy());
            })
        .sync();
    return result[0];
  }

  private void visit(int slot) {
    if (ending) {
      return;
    }
    long number = BEGUN.incrementAndGet();
    Visitor visitor = new Visitor(slot);
    new Bootstrap()
        .group(loop)
        .channel(Loops.channel())
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                if (securing != null) {
                  channel.pipeline().addLast(new SslHandler(securing.caller(slot, number)));
                }
                channel.pipeline().addLast(visitor);
              }
            })
        .connect(HOST, server.port())
        .addListener(connected -> {
          if (!connected.isSuccess()) {
            visitor.over();
          }
        });
  }

  private final class Visitor extends ChannelInboundHandlerAdapter {
    private final int slot;
    private final long startNs = System.nanoTime();
    private final long startMs = System.currentTimeMillis();
    private final ByteBuf received = Unpooled.buffer();
    private boolean answered;
    private boolean over;

    Visitor(int slot) {
      this.slot = slot;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(Unpooled.wrappedBuffer(question));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      received.writeBytes(bytes);
      bytes.release();
      if (!answered
          && received.readableBytes() >= HEADER_SIZE
          && received.readableBytes() >= received.getUnsignedShort(2)) {
        answered = true;
        visits++;
        resumed += isResumed(context) ? 1 : 0;
        latenciesNs.recordValue(System.nanoTime() - startNs);
        context.close();
      }
    }

    /// What is resumed has the time of its first handshake.
    private boolean isResumed(ChannelHandlerContext context) {
      SslHandler layer = context.pipeline().get(SslHandler.class);
      return layer != null && layer.engine().getSession().getCreationTime() < startMs;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      over();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }

    void over() {
      if (!over) {
        over = true;
        failed += answered ? 0 : 1;
        visit(slot);
      }
    }
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
