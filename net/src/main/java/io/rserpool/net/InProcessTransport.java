package io.rserpool.net;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// Associations between nodes of one JVM: `inproc://name`. For tests, and for a registrar embedded
/// beside its elements.
final class InProcessTransport {

  /// Who listens in this JVM, by name and port.
  private static final ConcurrentMap<String, Listening> LISTENING = new ConcurrentHashMap<>();

  private static final AtomicInteger NEXT_FREE_PORT = new AtomicInteger(1);

  /// A node that listens.
  private record Listening(InProcessTransport transport, AssociationKind kind) {}

  private final NodeContext context;
  private final NetAssociation.Table table;
  private final long waitingBytesMax;

  /// What this node listens at.
  private final List<String> names = new ArrayList<>();

  private final List<Runnable> waiting = new ArrayList<>();
  private boolean accepting;

  InProcessTransport(NodeContext context, NetAssociation.Table table, long waitingBytesMax) {
    this.context = context;
    this.table = table;
    this.waitingBytesMax = waitingBytesMax;
  }

  /// Calls a node.
  void open(AssociationId id, AssociationKind kind, Endpoint endpoint) {
    InProcessAssociation here = end(id, kind);
    table.put(id, here);
    Listening there = LISTENING.get(nameOf(endpoint));
    if (there == null || there.kind() != kind) {
      context.eventLoop().execute(() -> refused(id, endpoint));
      return;
    }
    try {
      there
          .transport()
          .context
          .eventLoop()
          .execute(() -> there.transport().called(this, here, kind));
    } catch (RejectedExecutionException _) {
      context.eventLoop().execute(() -> refused(id, endpoint));
    }
  }

  /// Takes a name; runs on any thread. Calls wait until [#accept].
  Endpoint bind(AssociationKind kind, Endpoint endpoint) {
    int port = endpoint.port() == 0 ? NEXT_FREE_PORT.getAndIncrement() : endpoint.port();
    Endpoint at = new Endpoint(endpoint.scheme(), endpoint.hosts(), port);
    if (LISTENING.putIfAbsent(nameOf(at), new Listening(this, kind)) != null) {
      throw new ListenException(
          "cannot listen at "
              + at
              + ": another node of this program has this name; choose another");
    }
    context.eventLoop().execute(() -> names.add(nameOf(at)));
    return at;
  }

  /// Lets callers in.
  void accept() {
    accepting = true;
    List<Runnable> calls = List.copyOf(waiting);
    waiting.clear();
    calls.forEach(Runnable::run);
  }

  /// Gives the names up; the associations are closed by the owner of the table.
  void shutdown() {
    names.forEach(LISTENING::remove);
  }

  private void called(
      InProcessTransport caller, InProcessAssociation callerEnd, AssociationKind kind) {
    if (!accepting) {
      waiting.add(() -> called(caller, callerEnd, kind));
      return;
    }
    InProcessAssociation here = end(context.nextAcceptedId(), kind);
    here.up(callerEnd);
    caller.context.eventLoop().execute(() -> callerEnd.up(here));
  }

  private InProcessAssociation end(AssociationId id, AssociationKind kind) {
    return new InProcessAssociation(context, table, id, kind, waitingBytesMax);
  }

  private void refused(AssociationId id, Endpoint endpoint) {
    if (table.remove(id)) {
      context
          .events()
          .down(id, LossReason.REFUSED, "calling " + endpoint + ": no node has this name");
      context.settle();
    }
  }

  private static String nameOf(Endpoint endpoint) {
    return endpoint.hosts().getFirst() + ":" + endpoint.port();
  }
}
