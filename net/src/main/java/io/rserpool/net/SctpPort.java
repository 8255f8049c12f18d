package io.rserpool.net;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.LossReason;
import io.rserpool.net.gate.AcceptGate;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.sctp.SctpStack;
import io.rserpool.protocol.IpAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One SCTP port of a node. What the stack's threads tell becomes tasks of the node's event loop, many
/// at a time, in the order in which they were told.
final class SctpPort implements SctpListener {

  /// A start takes milliseconds.
  private static final int HELD_MAX = 1_024;

  private final SctpTransport transport;
  private final SctpStack stack;
  private final @Nullable AssociationKind kind;

  /// Told by the stack and not yet done; guarded by itself.
  private final List<Runnable> told = new ArrayList<>();

  private final HashMap<Long, SctpAssociation> byNumber = new HashMap<>();

  /// Associations that peers have opened before this node lets them in, with what was told of each.
  private final Map<Long, List<Runnable>> held = new LinkedHashMap<>();

  private @Nullable SctpSocket socket;
  private boolean accepting;

  /// @param kind what is spoken there; nothing for a port that only calls
  SctpPort(SctpTransport transport, SctpStack stack, @Nullable AssociationKind kind) {
    this.transport = transport;
    this.stack = stack;
    this.kind = kind;
  }

  void open(SctpOptions options) throws IOException {
    socket = stack.open(options, this);
  }

  SctpStack stack() {
    return stack;
  }

  @Nullable AssociationKind kind() {
    return kind;
  }

  int number() {
    return socket().port();
  }

  SctpSocket socket() {
    return Objects.requireNonNull(socket, "the port is not open");
  }

  /// Those of a peer's addresses that can be called from here: a socket that is bound to addresses of
  /// IPv4 only gets no answer from IPv6, and the other way round.
  List<InetAddress> callable(List<InetAddress> peers) {
    List<InetAddress> own = socket().addresses();
    return peers.stream()
        .filter(peer ->
            own.isEmpty()
                || own.stream()
                    .anyMatch(each -> each instanceof Inet4Address == peer instanceof Inet4Address))
        .toList();
  }

  /// Calls a peer; the association hears what becomes of it.
  void call(SctpAssociation association, List<InetAddress> peers, int port) {
    long number = socket().connect(peers, port);
    association.number(number);
    byNumber.put(number, association);
  }

  /// Lets in who waits, and everybody from now on.
  void accept() {
    accepting = true;
    Map<Long, List<Runnable>> waiting = new LinkedHashMap<>(held);
    held.clear();
    waiting.forEach((number, events) -> {
      events.forEach(Runnable::run);
      socket().resume(number);
    });
    transport.context().settle();
  }

  /// Lets a peer wait, with no more said than is on its way already.
  private void hold(long number, Runnable arrival) {
    if (held.size() == HELD_MAX) {
      socket().abort(number, "too many wait for this node to start");
      return;
    }
    socket().pause(number);
    List<Runnable> events = new ArrayList<>();
    events.add(arrival);
    held.put(number, events);
  }

  void close() {
    socket().close();
  }

  /// An association needs to be told nothing any more.
  void forget(long number) {
    byNumber.remove(number);
  }

  @Override
  public void up(
      long number,
      boolean isIncoming,
      List<InetAddress> peers,
      int peerPort,
      List<InetAddress> locals,
      int outgoingStreams) {
    tell(() -> {
      if (isIncoming && !accepting) {
        hold(number, () -> accepted(number, peers, peerPort, locals));
      } else if (isIncoming) {
        accepted(number, peers, peerPort, locals);
      } else {
        SctpAssociation called = byNumber.get(number);
        if (called != null) {
          called.up(peers, peerPort, locals);
        }
      }
    });
  }

  @Override
  public void message(long number, byte[] message, int stream, int payloadProtocolId) {
    with(number, association -> association.received(message, stream, payloadProtocolId));
  }

  @Override
  public void writable(long number) {
    with(number, SctpAssociation::writable);
  }

  @Override
  public void path(long number, InetAddress address, Path change) {
    with(number, association -> association.path(address, change));
  }

  @Override
  public void restarted(long number) {
    with(number, SctpAssociation::restarted);
  }

  @Override
  public void down(long number, LossReason reason, String detail) {
    with(
        number,
        association -> {
          forget(number);
          association.ended(reason, detail);
        });
  }

  private void accepted(
      long number, List<InetAddress> peers, int peerPort, List<InetAddress> locals) {
    NodeContext context = transport.context();
    if (kind == null || peers.isEmpty()) {
      socket().abort(number, "nobody may call here");
      return;
    }
    IpAddress address = IpAddress.ofBytes(peers.getFirst().getAddress());
    AcceptGate.Verdict verdict = transport.gate().admit(context.nowNs(), address);
    if (verdict != AcceptGate.Verdict.ADMITTED) {
      context.observe(new NetEvent.ConnectionRefused(address.toString(), verdict.toString()));
      socket().abort(number, verdict.toString());
      return;
    }
    AssociationId id = context.nextAcceptedId();
    SctpAssociation association = new SctpAssociation(transport, this, id, kind);
    association.number(number);
    byNumber.put(number, association);
    SctpAssociation oldestSilent = transport.gate().entered(association, address);
    if (oldestSilent != null) {
      oldestSilent.offend("too many associations that say nothing; this is the oldest of them");
    }
    association.up(peers, peerPort, locals);
    association.watchSilence();
  }

  private void with(long number, Consumer<SctpAssociation> event) {
    tell(() -> {
      List<Runnable> waiting = held.get(number);
      if (waiting != null) {
        waiting.add(() -> with(byNumber.get(number), event));
      } else {
        with(byNumber.get(number), event);
      }
    });
  }

  private static void with(@Nullable SctpAssociation association, Consumer<SctpAssociation> event) {
    if (association != null) {
      event.accept(association);
    }
  }

  private void tell(Runnable event) {
    boolean isFirst;
    synchronized (told) {
      isFirst = told.isEmpty();
      told.add(event);
    }
    if (isFirst) {
      try {
        transport.context().eventLoop().execute(this::drain);
      } catch (RejectedExecutionException _) {
        // The node is closed: nobody wants to know any more.
      }
    }
  }

  private void drain() {
    List<Runnable> events;
    synchronized (told) {
      events = List.copyOf(told);
      told.clear();
    }
    try {
      events.forEach(Runnable::run);
      transport.context().settle();
    } catch (RuntimeException | Error e) {
      transport.context().defect(e);
    }
  }
}
