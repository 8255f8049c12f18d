package io.rserpool.net;

import io.netty.util.concurrent.Future;
import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.net.tunnel.PlainAlert;
import io.rserpool.net.tunnel.ShelteredTunnel;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.runtime.Transport;
import io.rserpool.wire.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One SCTP association that carries ASAP or ENRP messages. What the stack does not take waits here,
/// up to a limit.
///
///     CALLING --up--> UP --close by us--> LINGERING --all has left, or time is up--> GONE
///        +-------------+--lost, or aborted by either side--------------------------> GONE
final class SctpAssociation implements NetAssociation {

  private enum State {
    CALLING,
    UP,
    LINGERING,
    GONE
  }

  /// All that TLS says goes over one pair of streams (RFC 3436 section 4.2).
  private static final int TLS_STREAM = 0;

  private final SctpTransport transport;
  private final SctpPort port;
  private final AssociationId id;
  private final AssociationKind kind;
  private final SctpOutbox outbox = new SctpOutbox();
  private final HashSet<InetAddress> unreachable = new HashSet<>();
  private State state = State.CALLING;
  private long number;
  private boolean drainWatched;
  private boolean silent = true;
  private String peer = "unknown";
  private @Nullable ShelteredTunnel tunnel;

  SctpAssociation(SctpTransport transport, SctpPort port, AssociationId id, AssociationKind kind) {
    this.transport = transport;
    this.port = port;
    this.id = id;
    this.kind = kind;
  }

  /// The stack's number for it.
  void number(long newNumber) {
    number = newNumber;
  }

  /// It is up: tells the host, or shakes hands first.
  void up(List<InetAddress> peers, int peerPort, List<InetAddress> locals) {
    if (state != State.CALLING) {
      return;
    }
    peer = Addresses.text(peers.getFirst()) + ":" + peerPort;
    if (transport.tls().isOn()) {
      shake(peers, peerPort, locals);
    } else {
      secured(peers, peerPort, locals, PeerIdentity.ANONYMOUS);
    }
  }

  private void shake(List<InetAddress> peers, int peerPort, List<InetAddress> locals) {
    TlsOptions options = transport.tls().options();
    Duration limit = transport.limits().firstMessageTimeout();
    after(
        limit,
        () -> {
          if (state == State.CALLING) {
            unproven(LossReason.UNREACHABLE, "no handshake within " + limit.toMillis() + " ms");
          }
        });
    tunnel =
        new ShelteredTunnel(
            () ->
                id.isOutgoing()
                    ? options.caller(Addresses.text(peers.getFirst()), peerPort)
                    : options.called(kind == AssociationKind.ENRP),
            this::soon,
            TlsWork.executor(),
            new SctpCiphers(
                this,
                transport.limits().messageBytesMax(),
                identity -> secured(peers, peerPort, locals, identity)));
  }

  /// Runs what a worker leads to, later.
  private void soon(Runnable task) {
    transport
        .context()
        .eventLoop()
        .execute(() -> {
          task.run();
          transport.context().settle();
        });
  }

  /// So much has come before it can be deciphered that the rest has to wait where it is.
  void hold() {
    if (state != State.GONE) {
      port.socket().pause(number);
    }
  }

  /// After [#hold].
  void goOn() {
    if (state != State.GONE) {
      port.socket().resume(number);
    }
  }

  /// The peer has not proved who it is.
  void unproven(LossReason reason, String detail) {
    if (state == State.UP) {
      offend(detail);
    } else if (state == State.CALLING) {
      if (!id.isOutgoing()) {
        transport.context().observe(new NetEvent.HandshakeFailed(peer, detail));
      }
      // In order, so that the peer is told why; if it was held back, its end would be, too.
      port.socket().resume(number);
      port.socket().shutdown(number);
      port.forget(number);
      down(reason, "handshake: " + detail);
    }
  }

  /// What the tunnel has for the peer.
  void cipher(byte[] bytes) {
    if (state != State.GONE) {
      enqueue(bytes, TLS_STREAM, payloadProtocolId());
    }
  }

  /// What the tunnel has from the peer, as one message.
  void deciphered(byte[] bytes, int offset, int length) {
    if (state == State.UP) {
      speak();
      transport
          .context()
          .events()
          .message(id, bytes, offset, length, TLS_STREAM, payloadProtocolId());
    }
  }

  /// What the tunnel has from the peer cannot be cut into messages.
  void unframeable(Octets header, String explanation) {
    if (state == State.UP) {
      speak();
      transport.context().events().unframeable(id, header, explanation + ", from " + peer);
    }
  }

  boolean isUp() {
    return state == State.UP;
  }

  private int payloadProtocolId() {
    return switch (kind) {
      case ASAP -> Protocol.ASAP.ppid();
      case ENRP -> Protocol.ENRP.ppid();
    };
  }

  private void secured(
      List<InetAddress> peers, int peerPort, List<InetAddress> locals, PeerIdentity identity) {
    if (state != State.CALLING) {
      // Broken off while this was calculated.
      return;
    }
    state = State.UP;
    transport.table().put(id, this);
    transport
        .context()
        .events()
        .up(
            new Transport.Up(
                id,
                kind,
                TransportAddress.Kind.SCTP,
                addresses(peers),
                peerPort,
                local(locals),
                identity));
  }

  /// A message came.
  void received(byte[] message, int stream, int payloadProtocolId) {
    ShelteredTunnel secret = tunnel;
    if (secret != null) {
      if (state != State.GONE) {
        secret.received(message);
      }
    } else if (state == State.UP && PlainAlert.is(message, message.length)) {
      port.socket().abort(number, "this side speaks no TLS");
      port.forget(number);
      down(LossReason.REFUSED, "it speaks TLS, and this side does not");
    } else if (state == State.UP) {
      speak();
      transport
          .context()
          .events()
          .message(id, message, 0, message.length, stream, payloadProtocolId);
    }
  }

  /// The stack takes messages again.
  void writable() {
    if (state != State.GONE) {
      push();
    }
  }

  /// A path has changed. Stacks also tell when a path is confirmed for the first time: that is no news.
  void path(InetAddress address, SctpListener.Path change) {
    boolean isNews =
        switch (change) {
          case UNREACHABLE -> unreachable.add(address);
          case REACHABLE -> unreachable.remove(address);
          case ADDED, REMOVED, PRIMARY -> true;
        };
    if (!isNews) {
      return;
    }
    transport
        .context()
        .observe(new NetEvent.PathChanged(id, peer, Addresses.text(address), change.toString()));
  }

  /// The peer's process is another one, which knows nothing of this association.
  void restarted() {
    if (state == State.UP) {
      port.socket().abort(number, "restart");
      port.forget(number);
      down(LossReason.RESET, "the peer has started again");
    }
  }

  /// It is gone, or was never up: tells the host, after what came before that.
  void ended(LossReason reason, String detail) {
    ShelteredTunnel secret = tunnel;
    if (secret == null) {
      down(reason, detail);
    } else {
      secret.afterwards(() -> down(reason, detail));
    }
  }

  private void down(LossReason reason, String detail) {
    if (state == State.GONE) {
      return;
    }
    boolean isTold = state == State.UP || state == State.CALLING;
    gone();
    if (isTold && transport.table().remove(id)) {
      transport.context().events().down(id, reason, detail + ", with " + peer);
    }
  }

  @Override
  public void send(byte[] message, int stream, int payloadProtocolId) {
    if (state != State.UP) {
      return;
    }
    speak();
    ShelteredTunnel secret = tunnel;
    if (secret == null) {
      enqueue(message, stream, payloadProtocolId);
    } else {
      secret.send(message);
    }
    if (outbox.bytes() > transport.limits().sendQueueBytesMax()) {
      offend("it does not read: " + outbox.bytes() + " bytes wait for it");
    }
  }

  @Override
  public void close() {
    transport.table().remove(id);
    if (state == State.UP) {
      if (tunnel != null) {
        tunnel.close();
      }
      state = State.LINGERING;
      push();
      after(transport.limits().drainTimeout(), this::abort);
    } else {
      abort();
    }
  }

  @Override
  public void abort() {
    transport.table().remove(id);
    if (state != State.GONE) {
      breakOff("");
    }
  }

  /// Breaks the association since its peer offends against a limit, and tells the host soon.
  void offend(String reason) {
    switch (state) {
      case UP -> {
        transport.context().observe(new NetEvent.AssociationAborted(id, peer, reason));
        breakOff(reason);
        transport
            .context()
            .eventLoop()
            .execute(() -> {
              if (transport.table().remove(id)) {
                transport.context().events().down(id, LossReason.OFFENDING, reason);
                transport.context().settle();
              }
            });
      }
      case CALLING -> {
        transport.context().observe(new NetEvent.HandshakeFailed(peer, reason));
        breakOff(reason);
      }
      case LINGERING -> breakOff(reason);
      case GONE -> {
        // It has made room already.
      }
    }
  }

  private void breakOff(String reason) {
    port.socket().abort(number, reason);
    port.forget(number);
    gone();
  }

  /// Breaks the association if nothing is said on it in time.
  void watchSilence() {
    Duration limit = transport.limits().firstMessageTimeout();
    after(
        limit,
        () -> {
          if (silent && state == State.UP) {
            offend("no message within " + limit.toMillis() + " ms");
          }
        });
  }

  private void enqueue(byte[] message, int stream, int payloadProtocolId) {
    outbox.add(message, stream, payloadProtocolId);
    push();
  }

  private void push() {
    boolean isAll =
        outbox.offerTo((message, stream, payloadProtocolId) ->
            port.socket().send(number, message, stream, payloadProtocolId));
    if (!isAll) {
      watchDrain();
    } else if (state == State.LINGERING) {
      port.socket().shutdown(number);
    }
  }

  /// Watches that something of what waits leaves in time.
  private void watchDrain() {
    if (drainWatched) {
      return;
    }
    drainWatched = true;
    long before = outbox.left();
    after(
        transport.limits().drainTimeout(),
        () -> {
          drainWatched = false;
          if (state == State.UP && !outbox.isEmpty()) {
            if (outbox.left() == before) {
              offend("it does not read: " + outbox.bytes() + " bytes did not leave in time");
            } else {
              watchDrain();
            }
          }
        });
  }

  private void speak() {
    if (silent) {
      silent = false;
      transport.gate().heard(this);
    }
  }

  private void gone() {
    state = State.GONE;
    outbox.clear();
    if (tunnel != null) {
      tunnel.abandon();
    }
    if (!id.isOutgoing()) {
      transport.gate().left(this);
    }
  }

  private AsapTransport local(List<InetAddress> locals) {
    return locals.isEmpty()
        ? AsapTransport.Absent.INSTANCE
        : new AsapTransport.Sctp(addresses(locals), port.number(), TransportUse.DATA_ONLY);
  }

  private static List<IpAddress> addresses(List<InetAddress> addresses) {
    return addresses.stream().map(address -> IpAddress.ofBytes(address.getAddress())).toList();
  }

  private void after(Duration delay, Runnable task) {
    Future<?> _ =
        transport.context().eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}
