package io.rserpool.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.ScheduledFuture;
import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A call that is to become an association. Names are looked up anew, beside the event loop; then
/// the
/// addresses are tried in order, the next one as soon as one has failed, or beside it after a while
/// (RFC 8305 section 5). The first to answer wins.
final class TcpCall implements NetAssociation {

  private final TcpTransport transport;
  private final AssociationId id;
  private final AssociationKind kind;
  private final Endpoint endpoint;

  private final Deque<InetAddress> untried = new ArrayDeque<>();
  private final List<Channel> attempts = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private @Nullable ScheduledFuture<?> stagger;
  private boolean over;

  /// Some address did not answer at all: the peer may well live behind it.
  private boolean silence;

  /// The most telling failure so far.
  private LossReason worst = LossReason.UNREACHABLE;

  TcpCall(TcpTransport transport, AssociationId id, AssociationKind kind, Endpoint endpoint) {
    this.transport = transport;
    this.id = id;
    this.kind = kind;
    this.endpoint = endpoint;
  }

  /// Begins; whatever comes of it comes later.
  void start() {
    NameLookups.resolve(
        endpoint,
        transport.context().eventLoop(),
        addresses -> {
          untried.addAll(addresses);
          tryNext();
        },
        reason -> fail(LossReason.UNREACHABLE, reason));
  }

  @Override
  public void send(byte[] message, int stream, int payloadProtocolId) {
    // There is nobody yet: engines send after the association is up.
  }

  @Override
  public void close() {
    abort();
  }

  @Override
  public void abort() {
    transport.table().remove(id);
    end();
  }

  private void tryNext() {
    if (over || untried.isEmpty()) {
      return;
    }
    InetSocketAddress address = new InetSocketAddress(untried.removeFirst(), endpoint.port());
    TcpAssociation association = new TcpAssociation(transport, id, kind);
    ChannelFuture attempt =
        new Bootstrap()
            .group(transport.context().eventLoop())
            .channel(Sockets.get().channel())
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) transport.options().connectTimeout().toMillis())
            .handler(association)
            .connect(address);
    attempts.add(attempt.channel());
    transport.register(attempt.channel());
    attempt.addListener(_ -> finished(attempt, association, address));
    if (!untried.isEmpty()) {
      stagger =
          transport
              .context()
              .eventLoop()
              .schedule(
                  this::tryNext,
                  transport.options().connectStagger().toNanos(),
                  TimeUnit.NANOSECONDS);
    }
  }

  private void finished(
      ChannelFuture attempt, TcpAssociation association, InetSocketAddress address) {
    Channel channel = attempt.channel();
    Throwable cause = attempt.cause();
    if (cause == null && !over && transport.tls().isOn()) {
      transport
          .tls()
          .securing(channel, address)
          .addListener(shaken -> won(channel, shaken.cause(), association, address));
    } else {
      won(channel, cause, association, address);
    }
  }

  /// An attempt is over, by a connection or by its failure.
  private void won(
      Channel channel,
      @Nullable Throwable failure,
      TcpAssociation association,
      InetSocketAddress address) {
    attempts.remove(channel);
    Throwable cause = failure == null ? null : Failures.unwrapped(failure);
    if (over) {
      TcpSocket.reset(channel);
    } else if (cause != null) {
      TcpSocket.reset(channel);
      failed(Failures.ofCall(cause), Failures.isSilence(cause), address, Failures.text(cause));
    } else if (address.equals(channel.localAddress())) {
      // Linux connects a socket to itself if the port it calls happens to be its own.
      TcpSocket.reset(channel);
      failed(LossReason.REFUSED, false, address, "nobody listens there but the call itself");
    } else {
      proved(channel, association, address);
    }
  }

  private void proved(Channel channel, TcpAssociation association, InetSocketAddress address) {
    try {
      PeerIdentity identity = TlsLayer.identityOf(channel);
      end();
      TcpSocket.prepare(channel, transport.options());
      association.connected(channel, identity);
    } catch (TlsException e) {
      TcpSocket.reset(channel);
      failed(LossReason.REFUSED, false, address, Failures.text(e));
    }
  }

  private void failed(LossReason reason, boolean silent, InetSocketAddress address, String text) {
    failures.add(Addresses.text(address) + ": " + text);
    silence |= silent;
    if (reason != LossReason.UNREACHABLE) {
      worst = reason;
    }
    if (!untried.isEmpty()) {
      cancelStagger();
      tryNext();
    } else if (attempts.isEmpty()) {
      fail(silence ? LossReason.UNREACHABLE : worst, String.join("; ", failures));
    }
  }

  private void fail(LossReason reason, String detail) {
    if (transport.table().remove(id)) {
      end();
      transport.context().events().down(id, reason, "calling " + endpoint + ": " + detail);
      transport.context().settle();
    }
  }

  private void end() {
    over = true;
    untried.clear();
    cancelStagger();
    List.copyOf(attempts).forEach(TcpSocket::reset);
  }

  private void cancelStagger() {
    if (stagger != null) {
      stagger.cancel(false);
    }
  }
}
