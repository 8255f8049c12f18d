package io.rserpool.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// Puts TLS under the associations of a node, if it has TLS.
final class TlsLayer {

  private final TlsOptions options;
  private final Duration handshakeTimeout;

  TlsLayer(TlsOptions options, Duration handshakeTimeout) {
    this.options = options;
    this.handshakeTimeout = handshakeTimeout;
  }

  boolean isOn() {
    return options.isOn();
  }

  TlsOptions options() {
    return options;
  }

  /// Puts the layer under a connection to a peer that was called; the handshake begins by this.
  ///
  /// @return done when it is over
  Future<Channel> securing(Channel channel, InetSocketAddress called) {
    SslHandler layer = handler(options.caller(called.getHostString(), called.getPort()));
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel.pipeline().addFirst(new HandshakeShelter(layer), layer);
    return layer.handshakeFuture();
  }

  /// Puts the layer under a connection with a peer that has called. Registrars have to say who they are to
  /// each other; users may be nobody, and what nobody may do is the engine's to decide.
  void secure(Channel channel, AssociationKind kind) {
    SslHandler layer = handler(options.called(kind == AssociationKind.ENRP));
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    channel.pipeline().addFirst(new HandshakeShelter(layer), layer);
  }

  private SslHandler handler(SSLEngine engine) {
    SslHandler handler = new Layer(engine);
    handler.setHandshakeTimeout(handshakeTimeout.toNanos(), TimeUnit.NANOSECONDS);
    return handler;
  }

  /// The layer of a channel, or null if it has none.
  static @Nullable SslHandler of(Channel channel) {
    return channel.pipeline().get(SslHandler.class);
  }

  /// Who is at the other end of a channel, whose handshake is over if it has a layer.
  static PeerIdentity identityOf(Channel channel) throws TlsException {
    SslHandler layer = of(channel);
    return layer == null
        ? PeerIdentity.ANONYMOUS
        : TlsCredentials.identityOf(layer.engine().getSession(), Instant.now());
  }

  /// A handshake may fail on a worker's thread when its connection has been given up meanwhile, as a call
  /// that another one has outrun. That concerns nobody any more.
  private static final class Layer extends SslHandler {

    Layer(SSLEngine engine) {
      super(engine, false, TlsWork.executor());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
      if (!context.isRemoved()) {
        super.exceptionCaught(context, cause);
      }
    }
  }
}
