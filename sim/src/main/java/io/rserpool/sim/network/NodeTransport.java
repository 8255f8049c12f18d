package io.rserpool.sim.network;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.runtime.Transport;
import io.rserpool.wire.MessageFramer;
import io.rserpool.wire.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The transport of one life of a process. What it tells its host waits while the process is
/// paused, since the machine's kernel goes on.
final class NodeTransport implements Transport, End.Owner {

  private static final int HEADER_SIZE = 4;
  private static final int STREAM = 0;

  private final Network network;
  private final Node node;
  private final Map<AssociationId, End> ends = new LinkedHashMap<>();
  private @Nullable Events events;
  private long nextAccepted = 1;

  NodeTransport(Network network, Node node) {
    this.network = network;
    this.node = node;
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public boolean isCurrent() {
    return node.isCurrent(this);
  }

  /// The associations that are open, in the order in which they were opened.
  List<End> open() {
    return ends.values().stream().filter(End::isOpen).toList();
  }

  /// All ends; nothing more is told of them.
  List<End> takeAll() {
    List<End> all = new ArrayList<>(ends.values());
    ends.clear();
    return all;
  }

  /// A new end for a call that has come.
  End accept(Speech speech, int port) {
    return new End(network, this, new AssociationId(nextAccepted++), speech, port);
  }

  @Override
  public void start(Events newEvents) {
    events = newEvents;
  }

  @Override
  public void open(AssociationId association, AssociationKind kind, Endpoint endpoint) {
    End end = new End(network, this, association, Speech.of(kind), node.nextClientPort());
    ends.put(association, end);
    network.call(end, endpoint, Engine.NEVER);
  }

  @Override
  public void send(AssociationId association, byte[] message, int stream, int payloadProtocolId) {
    send(association, message);
  }

  void send(AssociationId association, byte[] message) {
    End end = ends.get(association);
    if (end != null) {
      node.tellMessage("send", end, message);
      end.send(message);
    }
  }

  @Override
  public void close(AssociationId association) {
    End end = ends.remove(association);
    if (end != null) {
      end.close();
    }
  }

  @Override
  public void abort(AssociationId association, String reason) {
    End end = ends.remove(association);
    if (end != null) {
      end.abort();
    }
  }

  @Override
  public void announce(AssociationKind kind, byte[] datagram) {
    network.announce(node, kind, datagram);
  }

  @Override
  public void up(End end) {
    ends.put(end.id(), end);
    Events to = events;
    if (to == null || !isCurrent()) {
      return;
    }
    Transport.Up up = describe(end);
    node.run(() -> {
      node.tell("up", end);
      hears(end);
      to.up(up);
    });
  }

  /// What becomes of the calls of this process is not the doing of those who answer.
  private void hears(End end) {
    End peer = end.peer();
    if (peer != null && !end.id().isOutgoing()) {
      network.tap().hears(node, peer.node());
    }
  }

  private Transport.Up describe(End end) {
    End peer = end.peer();
    if (peer == null) {
      throw new IllegalStateException("association " + end.id() + " has no peer yet");
    }
    return new Transport.Up(
        end.id(),
        kind(end),
        TransportAddress.Kind.TCP,
        List.of(peer.node().address()),
        peer.port(),
        new AsapTransport.Tcp(node.address(), end.port()),
        peer.node().papers().identity());
  }

  private static AssociationKind kind(End end) {
    return switch (end.speech()) {
      case ASAP -> AssociationKind.ASAP;
      case ENRP -> AssociationKind.ENRP;
      case SESSION -> throw new IllegalStateException("an engine has no link " + end.id());
    };
  }

  @Override
  public void down(End end, LossReason reason, String detail) {
    ends.remove(end.id());
    Events to = events;
    if (to == null || !isCurrent()) {
      return;
    }
    node.run(() -> {
      node.tell("down", end, reason + ", " + detail);
      hears(end);
      to.down(end.id(), reason, detail);
    });
  }

  @Override
  public void message(End end, byte[] bytes) {
    if (!isCurrent()) {
      return;
    }
    if (node.isRunning()) {
      deliver(end, bytes);
      node.turned();
    } else {
      node.run(() -> deliver(end, bytes));
    }
  }

  private void deliver(End end, byte[] bytes) {
    Events to = events;
    if (to == null) {
      return;
    }
    if (node.isTold()) {
      node.tellMessage("receive", end, bytes);
    }
    End peer = end.peer();
    if (peer != null) {
      network.tap().takes(node, peer.node(), kind(end), bytes);
    }
    int size = MessageFramer.sizeOf(bytes, 0, MessageFramer.SIZE_MAX);
    if (size == bytes.length) {
      int ppid =
          switch (kind(end)) {
            case ASAP -> Protocol.ASAP.ppid();
            case ENRP -> Protocol.ENRP.ppid();
          };
      to.message(end.id(), bytes, 0, bytes.length, STREAM, ppid);
    } else {
      // A length that is not the message's leads a stream of bytes astray.
      Octets header = Octets.copyOf(bytes, 0, HEADER_SIZE);
      to.unframeable(end.id(), header, "the length leads to " + size + " of " + bytes.length);
    }
  }

  void announcement(Node source, AssociationKind kind, byte[] datagram) {
    Events to = events;
    if (to == null || !isCurrent()) {
      return;
    }
    node.run(() -> {
      node.tell("receive", kind + " announcement of " + source.name());
      int port = source.announcePort(kind);
      network.tap().hears(node, source);
      to.announcement(kind, source.address(), port, datagram, 0, datagram.length);
    });
  }
}
