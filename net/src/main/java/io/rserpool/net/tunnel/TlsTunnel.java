package io.rserpool.net.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsException;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// TLS over messages (RFC 3436): what one side of a session of TLS has to say goes out in messages of one
/// stream, and what comes on that stream is put together again. It is handed in and out here as bytes;
/// everything happens within the calls, handshakes too. For one thread at a time.
public final class TlsTunnel {

  /// Whom it serves. What is told here may come from within any call of the tunnel, also from within its
  /// constructor.
  public interface Owner {

    /// To be sent, as one message.
    void cipher(byte[] bytes);

    /// The handshake is over, and the peer is this.
    void secured(PeerIdentity peer);

    /// The peer says this; the array is the owner's from now on.
    void plain(byte[] bytes);

    /// The peer says no more.
    void ended();

    /// The peer is not who it has to be, or does not know how to talk.
    ///
    /// @param reason for people
    void failed(String reason);
  }

  private final Owner owner;
  private final SslHandler layer;
  private final EmbeddedChannel channel;
  private @Nullable Throwable failure;
  private boolean isToldOfFailure;

  /// Begins the handshake, if this side called.
  public TlsTunnel(SSLEngine engine, Owner owner) {
    this.owner = owner;
    this.layer = new SslHandler(engine);
    // Whoever owns it has a limit of its own: no clock runs here.
    layer.setHandshakeTimeoutMillis(0);
    this.channel = new EmbeddedChannel(layer, new Inside());
    handOut();
  }

  /// Takes in what came from the peer.
  public void received(byte[] bytes) {
    channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(bytes));
    channel.pipeline().fireChannelReadComplete();
    handOut();
  }

  /// Says something to the peer.
  public void send(byte[] bytes) {
    ChannelFuture _ = channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    handOut();
  }

  /// Tells the peer that nothing more is said, if it can still be told anything.
  public void close() {
    if (channel.isOpen()) {
      ChannelFuture _ = layer.closeOutbound();
      handOut();
    }
  }

  private void handOut() {
    channel.runPendingTasks();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      byte[] bytes = ByteBufUtil.getBytes(out);
      out.release();
      if (bytes.length > 0) {
        owner.cipher(bytes);
      }
    }
    Throwable cause = failure;
    if (cause != null && !isToldOfFailure) {
      // Now that the alert is out.
      isToldOfFailure = true;
      if (cause instanceof NotSslRecordException && !layer.handshakeFuture().isSuccess()) {
        owner.cipher(PlainAlert.unexpected());
      }
      owner.failed(TlsFailure.text(cause));
    }
  }

  /// What the layer gives.
  private final class Inside extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
      ByteBuf buffer = (ByteBuf) read;
      byte[] bytes = ByteBufUtil.getBytes(buffer);
      buffer.release();
      owner.plain(bytes);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        shaken(handshake);
      } else if (event instanceof SslCloseCompletionEvent close) {
        if (!close.isSuccess()) {
          // Of this the layer gives no other notice once it has closed the channel.
          fail(close.cause());
        } else if (failure == null) {
          owner.ended();
        }
      }
    }

    private void shaken(SslHandshakeCompletionEvent handshake) {
      if (!handshake.isSuccess()) {
        fail(handshake.cause());
        return;
      }
      try {
        owner.secured(TlsCredentials.identityOf(layer.engine().getSession(), Instant.now()));
      } catch (TlsException e) {
        fail(e);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      fail(cause);
    }

    private void fail(Throwable cause) {
      if (failure == null) {
        failure = TlsFailure.unwrapped(cause);
      }
    }
  }
}
