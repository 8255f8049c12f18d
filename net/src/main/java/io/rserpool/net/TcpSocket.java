package io.rserpool.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;

/// The options of every TCP connection.
final class TcpSocket {

  private TcpSocket() {}

  /// No delay, so that a lone small message leaves at once, and a peer that does not acknowledge is
  /// lost.
  static void prepare(Channel channel, TcpOptions options) {
    channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
    Sockets.get().setUserTimeout(channel, options.userTimeout());
  }

  /// Breaks a connection without another word.
  static void reset(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      // Below TLS, which would like to say goodbye first, and wait for it.
      ChannelHandlerContext layer = channel.pipeline().context(SslHandler.class);
      ChannelFuture _ = layer == null ? channel.close() : layer.close();
    }
  }
}
