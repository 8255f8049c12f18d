package io.rserpool.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.runtime.Transport;
import io.rserpool.wire.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One TCP connection that carries ASAP or ENRP messages back to back, nothing added.
///
///     CONNECTING --connected--> UP --close by us--> LINGERING --the peer closes, or time is up--> GONE
///                                +--lost, or aborted by either side-------------------------------> GONE
///
/// While it lingers, what was sent before still goes out and what comes is thrown away: closing a
/// TCP socket with unread bytes would break the connection under the last messages.
///
/// A peer that asks faster than it reads the answers is not read until it has caught up; so its
/// requests never fill the queue to the limit. What this node sends unasked may.
final class TcpAssociation extends ChannelInboundHandlerAdapter
    implements NetAssociation, InboundMessages.Sink {

  private enum State {
    CONNECTING,
    UP,
    LINGERING,
    GONE
  }

  private final TcpTransport transport;
  private final AssociationId id;
  private final AssociationKind kind;
  private final Intake intake;
  private final int payloadProtocolId;

  private State state = State.CONNECTING;
  private @Nullable Channel channel;
  private @Nullable SendQueue queue;
  private String peer = "unknown";

  private boolean silent = true;
  private boolean drainWatched;
  private boolean partialWatched;

  TcpAssociation(TcpTransport transport, AssociationId id, AssociationKind kind) {
    this.transport = transport;
    this.id = id;
    this.kind = kind;
    this.intake = new Intake(transport.options().messageBytesMax(), transport.scratch(), this);
    this.payloadProtocolId =
        switch (kind) {
          case ASAP -> Protocol.ASAP.ppid();
          case ENRP -> Protocol.ENRP.ppid();
        };
  }

  /// A peer has opened the connection, and is nobody yet.
  void arrived(Channel opened) {
    channel = opened;
    peer = Addresses.text((InetSocketAddress) opened.remoteAddress());
  }

  /// The peer that has called has not proved who it is.
  void unproven(String reason) {
    transport.context().observe(new NetEvent.HandshakeFailed(peer, reason));
    gone();
  }

  /// The connection is there, and secured if it is to be: tells the host. A call says so by itself
  /// once it has won.
  void connected(Channel established, PeerIdentity identity) {
    channel = established;
    queue = new SendQueue(established, transport.options().sendQueueBytesMax());
    state = State.UP;
    InetSocketAddress remote = (InetSocketAddress) established.remoteAddress();
    InetSocketAddress local = (InetSocketAddress) established.localAddress();
    peer = Addresses.text(remote);
    transport.table().put(id, this);
    transport
        .context()
        .events()
        .up(
            new Transport.Up(
                id,
                kind,
                TransportAddress.Kind.TCP,
                List.of(Addresses.ip(remote)),
                remote.getPort(),
                new AsapTransport.Tcp(Addresses.ip(local), local.getPort()),
                identity));
    transport.context().settle();
  }

  /// Breaks the association since its peer offends against a limit, and tells the host soon.
  void offend(String reason) {
    if (state == State.UP) {
      transport.context().observe(new NetEvent.AssociationAborted(id, peer, reason));
      breakOff();
      transport.context().eventLoop().execute(() -> lost(LossReason.OFFENDING, reason));
    } else {
      if (isShakingHands()) {
        unproven(reason);
      }
      breakOff();
    }
  }

  /// Whether nothing has been said on it yet, by either side.
  boolean isSilent() {
    return silent && (state == State.UP || isShakingHands());
  }

  /// Whether a peer has called and has not said yet who it is.
  boolean isShakingHands() {
    return state == State.CONNECTING && !id.isOutgoing();
  }

  @Override
  public void send(byte[] message, int stream, int ppid) {
    SendQueue waiting = queue;
    if (state != State.UP || waiting == null || !waiting.isConnected()) {
      return;
    }
    speak();
    boolean wasPaused = intake.isPaused();
    if (waiting.isFullFor(message.length)) {
      push(waiting);
      if (state != State.UP) {
        return;
      }
    }
    if (waiting.add(message)) {
      transport.flushLater(this);
    }
    long bytes = waiting.waitingBytes();
    if (wasPaused && bytes > transport.options().sendQueueBytesMax()) {
      offend("it does not read: " + bytes + " bytes wait for it");
    }
  }

  @Override
  public void close() {
    if (state != State.UP) {
      return;
    }
    state = State.LINGERING;
    intake.discard();
    readOn();
    transport.table().remove(id);
    transport.flushLater(this);
    after(transport.options().drainTimeout(), this::breakOff);
  }

  @Override
  public void abort() {
    transport.table().remove(id);
    breakOff();
  }

  /// Hands what was sent to the socket; after [#close], its end as well.
  void flush() {
    SendQueue waiting = queue;
    if (waiting == null) {
      return;
    }
    switch (state) {
      case UP -> push(waiting);
      case LINGERING -> {
        ChannelFuture _ = waiting.mark().addListener(_ -> shutdownOutput());
      }
      case CONNECTING, GONE -> waiting.release();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object read) {
    intake.read((ByteBuf) read);
    watchPartial();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (intake.isPaused() && context.channel().isWritable()) {
      // Later: this may come from within the delivery of a message.
      transport.context().eventLoop().execute(this::resume);
    }
  }

  @Override
  public void message(byte[] bytes, int offset, int length) {
    speak();
    transport.context().events().message(id, bytes, offset, length, 0, payloadProtocolId);
  }

  @Override
  public void unframeable(Octets header, String explanation) {
    speak();
    transport.context().events().unframeable(id, header, explanation + ", from " + peer);
  }

  @Override
  public boolean isOpen() {
    return state == State.UP && !intake.isPaused();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    transport.context().settle();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslCloseCompletionEvent || event instanceof ChannelInputShutdownEvent) {
      // The peer has ended its half; without TLS, that ends the channel by itself. It is answered
      // yet.
      transport.context().settle();
      ChannelFuture _ = context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    // Otherwise it is an attempt that another address has outrun, or the end was this side's doing.
    if (state == State.UP) {
      // What it said before it left counts, though it cannot be answered any more.
      intake.resume();
    }
    if (state == State.UP) {
      gone();
      lost(LossReason.CLOSED, "closed by " + peer);
    } else if (state == State.LINGERING || isShakingHands()) {
      gone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    Throwable cause = Failures.unwrapped(thrown);
    if (!(cause instanceof IOException)) {
      transport.context().defect(cause);
      return;
    }
    boolean wasUp = state == State.UP;
    if (state != State.CONNECTING) {
      breakOff();
    }
    if (wasUp) {
      // Later: this may come from within a call of the host, which has sent something.
      LossReason reason = Failures.ofAssociation(cause);
      String detail = Failures.text(cause) + ", with " + peer;
      transport.context().eventLoop().execute(() -> lost(reason, detail));
    }
  }

  /// Closes the association if it has stayed silent until now.
  void requireSpeech() {
    if (isSilent()) {
      offend("no message within " + transport.options().firstMessageTimeout().toMillis() + " ms");
    }
  }

  private void speak() {
    if (silent) {
      silent = false;
      transport.heard(this);
    }
  }

  private void lost(LossReason reason, String detail) {
    if (transport.table().remove(id)) {
      transport.context().events().down(id, reason, detail);
      transport.context().settle();
    }
  }

  private void breakOff() {
    // Gone first: closing fails the writes that wait, and that is not to be taken for a loss.
    gone();
    if (channel != null) {
      TcpSocket.reset(channel);
    }
  }

  /// Is no association any more, or never became one.
  void gone() {
    if (state == State.GONE) {
      return;
    }
    state = State.GONE;
    intake.discard();
    if (queue != null) {
      queue.release();
    }
    if (!id.isOutgoing()) {
      transport.left(this);
    }
  }

  /// Hands what was sent to the socket; a peer that lags behind is not read for now.
  private void push(SendQueue waiting) {
    if (waiting.flush()) {
      watchDrain(waiting);
    }
    if (state == State.UP && channel != null && waiting.isAboveWater() && intake.pause()) {
      channel.config().setAutoRead(false);
    }
  }

  private void resume() {
    if (state != State.UP || queue == null || queue.isAboveWater()) {
      return;
    }
    intake.resume();
    if (isOpen()) {
      readOn();
      watchPartial();
    }
    transport.context().settle();
  }

  private void readOn() {
    if (channel != null) {
      channel.config().setAutoRead(true);
    }
  }

  private void shutdownOutput() {
    if (channel instanceof DuplexChannel duplex) {
      SslHandler layer = TlsLayer.of(channel);
      if (layer == null) {
        ChannelFuture _ = duplex.shutdownOutput();
      } else {
        ChannelFuture closing = layer.closeOutbound();
        closing.addListener(_ -> {
          ChannelFuture _ = duplex.shutdownOutput();
        });
      }
    }
  }

  /// Watches that what waits for the peer now has left in time.
  private void watchDrain(SendQueue waiting) {
    if (drainWatched) {
      return;
    }
    drainWatched = true;
    ChannelFuture mark = waiting.mark();
    after(
        transport.options().drainTimeout(),
        () -> {
          drainWatched = false;
          if (state != State.UP) {
            return;
          }
          if (!mark.isDone()) {
            offend("it does not read: " + waiting.waitingBytes() + " bytes did not leave in time");
          } else {
            push(waiting);
          }
        });
  }

  /// Watches that the rest of an incomplete message comes in time.
  private void watchPartial() {
    if (!partialWatched && intake.isPartial() && state == State.UP) {
      partialWatched = true;
      long begun = intake.stage();
      after(
          transport.options().messageTimeout(),
          () -> {
            partialWatched = false;
            if (intake.awaitsRest() && intake.stage() == begun) {
              offend("the rest of a message did not come in time");
            } else {
              watchPartial();
            }
          });
    }
  }

  private void after(Duration delay, Runnable task) {
    Future<?> _ =
        transport.context().eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}
