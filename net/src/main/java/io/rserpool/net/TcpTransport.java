package io.rserpool.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.gate.AcceptGate;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.IpAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.TimeUnit;

/// ASAP and ENRP over TCP, as `docs/tcp-mapping.md` has it: what all TCP associations of a node
/// share.
final class TcpTransport {

  /// As much as one read of a socket can give.
  private static final int SCRATCH_SIZE = 1 << 16;

  private final NodeContext context;
  private final NetAssociation.Table table;
  private final TcpOptions options;
  private final AcceptGate<TcpAssociation> gate;
  private final TlsLayer tls;
  private final byte[] scratch = new byte[SCRATCH_SIZE];

  /// Associations with something to flush.
  private final List<TcpAssociation> unflushed = new ArrayList<>();

  /// Listening sockets at which nobody is let in yet.
  private final List<Channel> held = new ArrayList<>();

  /// Listening sockets and all connections, to be closed at the end.
  private final SequencedSet<Channel> channels = new LinkedHashSet<>();

  TcpTransport(
      NodeContext context, NetAssociation.Table table, TcpOptions options, TlsOptions tls) {
    this.context = context;
    this.table = table;
    this.options = options;
    this.tls = new TlsLayer(tls, options.firstMessageTimeout());
    this.gate = new AcceptGate<>(options.gateLimits().with(tls));
  }

  /// Calls a peer.
  void open(AssociationId id, AssociationKind kind, Endpoint endpoint) {
    TcpCall call = new TcpCall(this, id, kind, endpoint);
    table.put(id, call);
    call.start();
  }

  /// A listening socket is there.
  void bound(Channel channel) {
    register(channel);
    held.add(channel);
  }

  /// Lets connections in at all listening sockets.
  void accept() {
    held.forEach(channel -> channel.config().setAutoRead(true));
    held.clear();
  }

  /// A connection came to a listening socket.
  void accepted(Channel channel, AssociationKind kind) {
    InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
    if (remote == null) {
      ChannelFuture _ = channel.close();
      return;
    }
    IpAddress address = Addresses.ip(remote);
    AcceptGate.Verdict verdict = gate.admit(context.nowNs(), address);
    if (verdict != AcceptGate.Verdict.ADMITTED) {
      context.observe(new NetEvent.ConnectionRefused(address.toString(), verdict.toString()));
      TcpSocket.reset(channel);
      return;
    }
    TcpSocket.prepare(channel, options);
    TcpAssociation association = new TcpAssociation(this, context.nextAcceptedId(), kind);
    TcpAssociation oldestSilent = gate.entered(association, address);
    if (oldestSilent != null) {
      oldestSilent.offend("too many associations that say nothing; this is the oldest of them");
    }
    if (tls.isOn()) {
      tls.secure(channel, kind);
    }
    association.arrived(channel);
    channel.pipeline().addLast(new TcpArrival(this, association), association);
    register(channel);
    Future<?> _ =
        context
            .eventLoop()
            .schedule(
                association::requireSpeech,
                options.firstMessageTimeout().toNanos(),
                TimeUnit.NANOSECONDS);
  }

  /// Remembers a channel until it is closed.
  void register(Channel channel) {
    channels.add(channel);
    ChannelFuture _ = channel.closeFuture().addListener(_ -> channels.remove(channel));
  }

  /// An association has something to flush.
  void flushLater(TcpAssociation association) {
    unflushed.add(association);
  }

  /// Hands everything that was sent to the sockets.
  void flush() {
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flush();
    }
    unflushed.clear();
  }

  /// An association is not silent any more.
  void heard(TcpAssociation association) {
    gate.heard(association);
  }

  /// An association is gone.
  void left(TcpAssociation association) {
    gate.left(association);
  }

  /// Closes all sockets, after what was sent before.
  ///
  /// @return done when all are closed
  List<ChannelFuture> shutdown() {
    flush();
    return List.copyOf(channels).stream().map(Channel::close).toList();
  }

  TlsLayer tls() {
    return tls;
  }

  NodeContext context() {
    return context;
  }

  NetAssociation.Table table() {
    return table;
  }

  TcpOptions options() {
    return options;
  }

  byte[] scratch() {
    return scratch;
  }
}
