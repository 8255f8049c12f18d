package io.rserpool.bench.sctp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.rserpool.bench.requests.Loops;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.sctp.SctpStacks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The other side, as a process: over TCP and SCTP at once. It sends messages back: each of them, or
/// one of so many. Prints its TCP port; its SCTP port is [#SCTP_PORT].
final class Server {

  static final int SCTP_PORT = 4_711;

  private Server() {}

  /// Argument: one of how many messages is sent back.
  public static void main(String[] args) throws IOException, InterruptedException {
    int every = Integer.parseInt(args[0]);
    Sctp sctp = new Sctp(every);
    sctp.socket =
        new SctpStacks(SctpStacks.installed())
            .of(Endpoint.Scheme.SCTP_UDP)
            .open(
                SctpOptions.defaults()
                    .at(List.of(InetAddress.ofLiteral("127.0.0.1")), SCTP_PORT, true),
                sctp);
    Channel tcp =
        new ServerBootstrap()
            .group(Loops.one("server"))
            .channel(Loops.serverChannel())
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new MessageCutter(), new Tcp(every));
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    System.out.println(((InetSocketAddress) tcp.localAddress()).getPort());
    tcp.closeFuture().sync();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // A failed write closes the connection.
  private static final class Tcp extends ChannelInboundHandlerAdapter {
    private final int every;
    private int received;

    Tcp(int every) {
      this.every = every;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (++received % every == 0) {
        context.write(Unpooled.wrappedBuffer((byte[]) message), context.voidPromise());
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

  /// For one association at a time.
  private static final class Sctp implements SctpListener {
    private final int every;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private @Nullable SctpSocket socket;
    private int received;

    Sctp(int every) {
      this.every = every;
    }

    @Override
    public void up(
        long association,
        boolean isIncoming,
        List<InetAddress> peers,
        int peerPort,
        List<InetAddress> locals,
        int outgoingStreams) {
      received = 0;
      waiting.clear();
    }

    @Override
    public void message(long association, byte[] message, int stream, int payloadProtocolId) {
      if (++received % every == 0) {
        waiting.addLast(message);
        writable(association);
      }
    }

    @Override
    public void writable(long association) {
      SctpSocket open = Objects.requireNonNull(socket);
      for (byte[] next = waiting.peekFirst();
          next != null && open.send(association, next, 0, Messages.PAYLOAD_PROTOCOL_ID);
          next = waiting.peekFirst()) {
        waiting.removeFirst();
      }
    }

    @Override
    public void path(long association, InetAddress address, Path change) {}

    @Override
    public void restarted(long association) {}

    @Override
    public void down(long association, LossReason reason, String detail) {}
  }
}
