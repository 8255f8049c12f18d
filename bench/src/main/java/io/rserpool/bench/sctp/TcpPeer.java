package io.rserpool.bench.sctp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.rserpool.bench.requests.Loops;
import java.util.function.Consumer;

/// A connection on an event loop of its own. All that answers one read leaves with one write.
@SuppressWarnings(
    "FutureReturnValueIgnored") // A failed write ends the measurement without answers.
final class TcpPeer extends ChannelInboundHandlerAdapter implements Peer {

  private static final int BATCH = 64;

  private final EventLoopGroup loop = Loops.one("load");
  private final Consumer<byte[]> taker;
  private final Channel channel;
  private boolean isReading;
  private volatile boolean isOpen = true;
  private byte[] flooding = {};

  TcpPeer(int port, Consumer<byte[]> taker) throws InterruptedException {
    this.taker = taker;
    channel =
        new Bootstrap()
            .group(loop)
            .channel(Loops.channel())
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel initial) {
                    initial.pipeline().addLast(new MessageCutter(), TcpPeer.this);
                  }
                })
            .connect("127.0.0.1", port)
            .sync()
            .channel();
  }

  @Override
  public void send(byte[] message) {
    channel.write(Unpooled.wrappedBuffer(message), channel.voidPromise());
    if (!channel.eventLoop().inEventLoop() || !isReading) {
      channel.flush();
    }
  }

  @Override
  public void flood(byte[] message) {
    channel
        .eventLoop()
        .execute(() -> {
          flooding = message;
          pump();
        });
  }

  private void pump() {
    while (flooding.length > 0 && channel.isWritable()) {
      for (int i = 0; i < BATCH; i++) {
        channel.write(Unpooled.wrappedBuffer(flooding), channel.voidPromise());
      }
      channel.flush();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    pump();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    isReading = true;
    taker.accept((byte[]) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    isReading = false;
    context.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (isOpen) {
      System.err.println("the connection failed: " + cause);
      context.close();
    }
  }

  @Override
  public void close() {
    isOpen = false;
    channel.eventLoop().submit(() -> flooding = new byte[0]).syncUninterruptibly();
    channel.close().syncUninterruptibly();
    loop.shutdownGracefully();
  }
}
