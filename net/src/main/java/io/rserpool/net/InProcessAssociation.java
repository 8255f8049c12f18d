package io.rserpool.net;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.runtime.Transport;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One end of an association between two nodes of one JVM. Each end is touched by its own node's
/// thread; what is sent becomes a task of the other one's.
final class InProcessAssociation implements NetAssociation {

  private final NodeContext context;
  private final Table table;
  private final AssociationId id;
  private final AssociationKind kind;
  private final long waitingBytesMax;

  /// What was sent from here and has not been handled there; the other thread takes away from it.
  private final AtomicLong waitingBytes = new AtomicLong();

  private @Nullable InProcessAssociation other;

  InProcessAssociation(
      NodeContext context,
      Table table,
      AssociationId id,
      AssociationKind kind,
      long waitingBytesMax) {
    this.context = context;
    this.table = table;
    this.id = id;
    this.kind = kind;
    this.waitingBytesMax = waitingBytesMax;
  }

  /// Both ends are there: tells this end's host. Runs on this end's thread.
  void up(InProcessAssociation otherEnd) {
    other = otherEnd;
    table.put(id, this);
    context
        .events()
        .up(
            new Transport.Up(
                id,
                kind,
                TransportAddress.Kind.NONE,
                List.of(),
                0,
                AsapTransport.Absent.INSTANCE,
                PeerIdentity.ANONYMOUS));
    context.settle();
  }

  @Override
  public void send(byte[] message, int stream, int payloadProtocolId) {
    InProcessAssociation receiver = other;
    if (receiver == null) {
      return;
    }
    if (waitingBytes.addAndGet(message.length) > waitingBytesMax) {
      String reason = "it does not read: " + waitingBytes.get() + " bytes wait for it";
      context.observe(new NetEvent.AssociationAborted(id, "inproc", reason));
      tellOther(LossReason.RESET, "aborted by the other end");
      context.eventLoop().execute(() -> lost(LossReason.OFFENDING, reason));
      return;
    }
    post(receiver, () -> receiver.receive(this, message, stream, payloadProtocolId));
  }

  @Override
  public void close() {
    table.remove(id);
    tellOther(LossReason.CLOSED, "closed by the other end");
  }

  @Override
  public void abort() {
    table.remove(id);
    tellOther(LossReason.RESET, "aborted by the other end");
  }

  private void receive(
      InProcessAssociation sender, byte[] message, int stream, int payloadProtocolId) {
    sender.waitingBytes.addAndGet(-message.length);
    if (other != null) {
      context.events().message(id, message, 0, message.length, stream, payloadProtocolId);
      context.settle();
    }
  }

  private void tellOther(LossReason reason, String detail) {
    InProcessAssociation peer = other;
    other = null;
    if (peer != null) {
      post(peer, () -> peer.lost(reason, detail));
    }
  }

  private void lost(LossReason reason, String detail) {
    other = null;
    if (table.remove(id)) {
      context.events().down(id, reason, detail);
      context.settle();
    }
  }

  private void post(InProcessAssociation peer, Runnable task) {
    try {
      peer.context.eventLoop().execute(task);
    } catch (RejectedExecutionException _) {
      context.eventLoop().execute(() -> lost(LossReason.RESET, "the other node is closed"));
    }
  }
}
