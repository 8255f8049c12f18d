package io.rserpool.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/// Finds out who a peer is that has called, and makes the connection an association then: at once without
/// TLS, else when the handshake is over.
final class TcpArrival extends ChannelInboundHandlerAdapter {

  private final TcpTransport transport;
  private final TcpAssociation association;

  TcpArrival(TcpTransport transport, TcpAssociation association) {
    this.transport = transport;
    this.association = association;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (!transport.tls().isOn()) {
      association.connected(context.channel(), PeerIdentity.ANONYMOUS);
    }
    context.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
      context.fireUserEventTriggered(event);
    } else if (association.isShakingHands()) {
      shaken(context.channel(), handshake.cause());
    }
  }

  private void shaken(Channel channel, @Nullable Throwable failure) {
    Throwable cause = failure;
    if (cause == null) {
      try {
        association.connected(channel, TlsLayer.identityOf(channel));
      } catch (TlsException e) {
        cause = e;
      }
    }
    if (cause != null) {
      if (cause instanceof ClosedChannelException) {
        // Who hangs up meanwhile has found another registrar sooner.
        association.gone();
      } else {
        association.unproven(Failures.text(Failures.unwrapped(cause)));
      }
      // In order, so that the peer is told why.
      ChannelFuture _ = channel.close();
    }
  }
}
