package io.rserpool.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Keeps the end of a peer's stream from the layer of TLS until its handshake is over. A peer that has
/// said everything at once has ended while the last of its handshake is still being calculated: told
/// of the end then, the layer would forget what came before.
///
/// Stands before the layer, on a channel whose halves are closed one by one.
final class HandshakeShelter extends ChannelInboundHandlerAdapter {

  /// Longer than the calculations of one handshake take, and those of others before it.
  private static final int CALCULATION_MS = 1_000;

  private final SslHandler layer;
  private boolean isOver;

  HandshakeShelter(SslHandler layer) {
    this.layer = layer;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    boolean isTooEarly =
        event instanceof ChannelInputShutdownEvent && !layer.handshakeFuture().isDone();
    if (!isTooEarly) {
      context.fireUserEventTriggered(event);
      return;
    }
    // Later, even then: what came with the end of the handshake is deciphered after it.
    layer.handshakeFuture().addListener(_ -> context.executor().execute(() -> end(context, event)));
    // Who has hung up instead of going on need not be waited for.
    Future<?> _ =
        context
            .executor()
            .schedule(() -> end(context, event), CALCULATION_MS, TimeUnit.MILLISECONDS);
  }

  private void end(ChannelHandlerContext context, Object event) {
    if (!isOver) {
      isOver = true;
      context.fireUserEventTriggered(event);
    }
  }
}
