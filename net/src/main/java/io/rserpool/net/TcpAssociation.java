package io.rserpool.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
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
/// TCP
/// socket with unread bytes would break the connection under the last messages.
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
  private final InboundMessages messages;
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
    this.messages = new InboundMessages(transport.options().messageBytesMax());
    this.payloadProtocolId =
        switch (kind) {
          case ASAP -> Protocol.ASAP.ppid();
          case ENRP -> Protocol.ENRP.ppid();
        };
  }

  /// The connection is there: tells the host. A call says so by itself once it has won.
  void connected(Channel established) {
    channel = established;
    queue = new SendQueue(established);
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
                PeerIdentity.ANONYMOUS));
    transport.context().settle();
  }

  /// Breaks the association since its peer offends against a limit, and tells the host soon.
  void offend(String reason) {
    if (state == State.UP) {
      transport.context().observe(new NetEvent.AssociationAborted(id, peer, reason));
      breakOff();
      transport.context().eventLoop().execute(() -> lost(LossReason.OFFENDING, reason));
    } else {
      breakOff();
    }
  }

  /// Whether nothing has been said on it yet, by either side.
  boolean isSilent() {
    return silent && state == State.UP;
  }

  @Override
  public void send(byte[] message, int stream, int ppid) {
    if (state != State.UP || queue == null) {
      return;
    }
    speak();
    if (queue.add(message)) {
      transport.flushLater(this);
    }
    long waiting = queue.waitingBytes();
    if (waiting > transport.options().sendQueueBytesMax()) {
      offend("it does not read: " + waiting + " bytes wait for it");
    }
  }

  @Override
  public void close() {
    if (state != State.UP) {
      return;
    }
    state = State.LINGERING;
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
      case UP -> {
        if (waiting.flush()) {
          watchDrain(waiting);
        }
      }
      case LINGERING -> {
        ChannelFuture _ = waiting.mark().addListener(_ -> shutdownOutput());
      }
      case CONNECTING, GONE -> waiting.release();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object read) {
    ByteBuf in = (ByteBuf) read;
    try {
      messages.read(in, transport.scratch(), this);
      watchPartial();
    } finally {
      in.release();
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
    return state == State.UP;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    transport.context().settle();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (!id.isOutgoing()) {
      connected(context.channel());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    // Otherwise it is an attempt that another address has outrun, or the end was this side's doing.
    if (state == State.UP) {
      gone();
      lost(LossReason.CLOSED, "closed by " + peer);
    } else if (state == State.LINGERING) {
      gone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      transport.context().defect(cause);
      return;
    }
    boolean wasUp = state == State.UP;
    if (state != State.CONNECTING) {
      breakOff();
    }
    if (wasUp) {
      lost(Failures.ofAssociation(cause), Failures.text(cause) + ", with " + peer);
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

  private void gone() {
    if (state == State.GONE) {
      return;
    }
    state = State.GONE;
    if (queue != null) {
      queue.release();
    }
    if (!id.isOutgoing()) {
      transport.left(this);
    }
  }

  private void shutdownOutput() {
    if (channel instanceof DuplexChannel duplex) {
      ChannelFuture _ = duplex.shutdownOutput();
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
          } else if (waiting.flush()) {
            watchDrain(waiting);
          }
        });
  }

  /// Watches that the rest of an incomplete message comes in time.
  private void watchPartial() {
    if (!partialWatched && messages.isPartial() && state == State.UP) {
      partialWatched = true;
      long begun = messages.partials();
      after(
          transport.options().messageTimeout(),
          () -> {
            partialWatched = false;
            if (messages.isPartial() && messages.partials() == begun) {
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
