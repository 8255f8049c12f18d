package io.rserpool.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.gate.TokenBucket;
import io.rserpool.protocol.IpAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The UDP multicast channel of one protocol: one datagram, one message (RFC 5352 section 8.4). What
/// does not work here is told once; nothing depends on it.
///
/// It has a thread and a JDK socket of its own, since Netty's native one joins no group on every
/// interface and takes the TTL for single receivers only. Datagrams are few; they come to the
/// node's
/// thread as tasks, no more of them than the limit lets through.
final class MulticastTransport {

  /// Datagrams that are read in a second; a scope sends about one (RFC 5352 section 3.6), or as many
  /// as registrars have heartbeats.
  private static final int DATAGRAMS_PER_SECOND = 1_000;

  private static final int DROPS_PER_EVENT = 100;
  private static final int SHUTDOWN_TIMEOUT_S = 5;

  private final NodeContext context;
  private final AssociationKind kind;
  private final MulticastOptions options;
  private @Nullable MultiThreadIoEventLoopGroup thread;
  private @Nullable Bootstrap sockets;
  private @Nullable Channel channel;
  private @Nullable Channel sender;

  MulticastTransport(NodeContext context, AssociationKind kind, MulticastOptions options) {
    this.context = context;
    this.kind = kind;
    this.options = options;
  }

  /// Joins the group, if multicast is on.
  void start() {
    if (!options.enabled()) {
      return;
    }
    try {
      join(options.groupAddress(), networkInterface());
    } catch (IOException e) {
      unavailable(e);
    }
  }

  /// Sends a datagram to the group, if it could be joined.
  void announce(byte[] datagram) {
    Channel way = sender == null ? channel : sender;
    if (way != null && way.isActive()) {
      InetSocketAddress group = new InetSocketAddress(options.groupAddress(), options.port());
      ChannelFuture _ =
          way.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(datagram), group));
    }
  }

  /// Sends from an address and port at which the node listens, from now on: whoever hears an
  /// announcement that lists no address calls its source. rsplib also takes the address of a registrar
  /// whose presence it hears from there. The first such address counts.
  void sendFrom(Endpoint listening) {
    Bootstrap template = sockets;
    if (template == null || sender != null) {
      return;
    }
    InetAddress group = options.groupAddress();
    for (String host : listening.hosts()) {
      InetAddress address = InetAddress.ofLiteral(host);
      boolean isSameFamily = group instanceof Inet4Address == address instanceof Inet4Address;
      boolean isSource = address.isAnyLocalAddress() && listening.port() == options.port();
      if (isSameFamily && !isSource) {
        ChannelFuture binding =
            template
                .clone()
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(new InetSocketAddress(address, listening.port()));
        binding.addListener(bound -> unavailableUnless(bound.cause()));
        sender = binding.channel();
        return;
      }
    }
  }

  /// Leaves the group.
  List<Future<?>> shutdown() {
    return thread == null
        ? List.of()
        : List.of(thread.shutdownGracefully(0, SHUTDOWN_TIMEOUT_S, TimeUnit.SECONDS));
  }

  private void join(InetAddress group, NetworkInterface via) {
    SocketProtocolFamily family =
        group instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    thread =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("rserpool-multicast", true), NioIoHandler.newFactory());
    Bootstrap template =
        new Bootstrap()
            .group(thread)
            .channelFactory(() -> new NioDatagramChannel(family))
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.IP_MULTICAST_IF, via)
            .option(ChannelOption.IP_MULTICAST_TTL, options.ttl());
    sockets = template;
    ChannelFuture binding =
        template.clone().handler(new Receiver()).bind(new InetSocketAddress(options.port()));
    channel = binding.channel();
    binding.addListener(bound -> {
      if (bound.isSuccess()) {
        ((DatagramChannel) binding.channel())
            .joinGroup(new InetSocketAddress(group, options.port()), via)
            .addListener(joined -> unavailableUnless(joined.cause()));
      } else {
        unavailableUnless(bound.cause());
      }
    });
  }

  private NetworkInterface networkInterface() throws SocketException {
    if (!options.networkInterface().isEmpty()) {
      NetworkInterface named = NetworkInterface.getByName(options.networkInterface());
      if (named == null) {
        throw new SocketException(
            "there is no network interface '" + options.networkInterface() + "'");
      }
      return named;
    }
    NetworkInterface loopback = null;
    for (NetworkInterface candidate : NetworkInterface.networkInterfaces().toList()) {
      if (candidate.isUp() && candidate.isLoopback()) {
        loopback = candidate;
      } else if (candidate.isUp() && candidate.supportsMulticast()) {
        return candidate;
      }
    }
    if (loopback == null) {
      throw new SocketException("no network interface is up");
    }
    return loopback;
  }

  private void unavailableUnless(@Nullable Throwable cause) {
    if (cause != null) {
      unavailable(cause);
    }
  }

  private void unavailable(Throwable cause) {
    String group = options.group() + ":" + options.port();
    NetEvent event = new NetEvent.MulticastUnavailable(group, Failures.text(cause));
    context.eventLoop().execute(() -> context.observe(event));
  }

  /// Hands datagrams on; runs on the thread of the socket.
  private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {

    private final TokenBucket allowance =
        new TokenBucket(context.nowNs(), DATAGRAMS_PER_SECOND, DATAGRAMS_PER_SECOND);

    private long drops;

    @Override
    protected void channelRead0(ChannelHandlerContext handler, DatagramPacket packet) {
      InetSocketAddress sender = packet.sender();
      IpAddress source = Addresses.ip(sender);
      if (!allowance.take(context.nowNs())) {
        dropped(source);
        return;
      }
      ByteBuf content = packet.content();
      byte[] bytes = new byte[content.readableBytes()];
      content.readBytes(bytes);
      context.eventLoop().execute(() -> received(source, sender.getPort(), bytes));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext handler, Throwable cause) {
      if (cause instanceof IOException) {
        unavailable(cause);
      } else {
        context.eventLoop().execute(() -> context.defect(cause));
      }
    }

    /// Told once for a hundred of them at most: a flood must not become one of tasks.
    private void dropped(IpAddress source) {
      if (drops++ % DROPS_PER_EVENT == 0) {
        NetEvent event = new NetEvent.AnnouncementsDropped(source.toString());
        context.eventLoop().execute(() -> context.observe(event));
      }
    }

    private void received(IpAddress source, int port, byte[] bytes) {
      context.events().announcement(kind, source, port, bytes, 0, bytes.length);
      context.settle();
    }
  }
}
