package io.rserpool.bench.requests;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.stream.Stream;

/// The reference: a server on one event loop that counts what comes and answers as many bytes as a
/// registrar would, as cheaply as Netty can: all answers to what one read brought are one write. It
/// looks at no byte. Prints its port.
public final class BareEcho {

  private static final int BACKLOG = 1_024;

  private BareEcho() {}

  /// Arguments: the size of a request, and the answer in hexadecimal digits.
  public static void main(String[] args) throws InterruptedException {
    int requestSize = Integer.parseInt(args[0]);
    byte[] answer = HexFormat.of().parseHex(args[1]);
    Train answers = Train.of(Stream.generate(() -> answer).limit(Train.CARS).toList());
    Channel server =
        new ServerBootstrap()
            .group(Loops.one("echo"))
            .channel(Loops.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new Answering(requestSize, answers));
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    System.out.println(((InetSocketAddress) server.localAddress()).getPort());
    server.closeFuture().sync();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // A failed write closes the connection.
  private static final class Answering extends ChannelInboundHandlerAdapter {
    private final int requestSize;
    private final Train answers;
    private int received;

    Answering(int requestSize, Train answers) {
      this.requestSize = requestSize;
      this.answers = answers;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      received += bytes.readableBytes();
      bytes.release();
      int complete = received / requestSize;
      received -= complete * requestSize;
      for (int left = complete; left > 0; left -= Train.CARS) {
        context.write(answers.cars(0, Math.min(left, Train.CARS)), context.voidPromise());
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
