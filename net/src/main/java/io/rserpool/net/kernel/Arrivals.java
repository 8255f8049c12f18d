package io.rserpool.net.kernel;

import com.sun.nio.sctp.AbstractNotificationHandler;
import com.sun.nio.sctp.Association;
import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.HandlerResult;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.SctpChannel;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.HashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits at the shared channel for associations that come up, and gives each a channel of its own.
final class Arrivals extends AbstractNotificationHandler<Object> implements KernelSocket.Ready {

  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final KernelSocket socket;
  private final SctpListener listener;
  private final SctpOptions options;
  private final Port port;
  private final Caller caller;

  /// By the kernel's numbers.
  private final HashMap<Integer, EndedAssociation> ended = new HashMap<>();

  private @Nullable Association arrived;
  private boolean hasFailed;

  Arrivals(
      KernelSocket socket, SctpListener listener, SctpOptions options, Port port, Caller caller) {
    this.socket = socket;
    this.listener = listener;
    this.options = options;
    this.port = port;
    this.caller = caller;
  }

  @Override
  public void ready(SelectionKey key) {
    ByteBuffer buffer = socket.readBuffer();
    try {
      while (port.channel().isOpen()) {
        arrived = null;
        hasFailed = false;
        MessageInfo info = port.channel().receive(buffer.clear(), null, this);
        Association association = arrived;
        if (association != null) {
          arrive(association);
        } else if (hasFailed && caller instanceof SharedPortCaller shared) {
          shared.failed();
        } else if (info == null) {
          return;
        } else {
          message(buffer.flip(), info);
        }
      }
    } catch (IOException e) {
      LOG.warn("SCTP at port {}: {}", port.number(), e.getMessage());
    }
  }

  private void message(ByteBuffer data, MessageInfo info) {
    Association association = info.association();
    EndedAssociation of = association == null ? null : ended.get(association.associationID());
    if (of != null) {
      of.message(data, info);
    }
  }

  @Override
  public HandlerResult handleNotification(AssociationChangeNotification change, Object unused) {
    switch (change.event()) {
      case COMM_UP -> arrived = change.association();
      case CANT_START -> hasFailed = true;
      case SHUTDOWN -> end(change.association(), LossReason.CLOSED, "has ended in order");
      case COMM_LOST -> end(change.association(), LossReason.RESET, "was broken off");
      case RESTART -> {}
    }
    return arrived != null || hasFailed ? HandlerResult.RETURN : HandlerResult.CONTINUE;
  }

  private void end(@Nullable Association association, LossReason reason, String what) {
    EndedAssociation of = association == null ? null : ended.remove(association.associationID());
    if (of != null) {
      of.end(reason, what);
    }
  }

  private void arrive(Association association) {
    int id = association.associationID();
    Optional<SharedPortCaller.Call> call =
        caller instanceof SharedPortCaller shared ? shared.answered(id) : Optional.empty();
    long number = call.isPresent() ? call.get().number() : socket.nextNumber();
    SctpChannel branch = null;
    try {
      Optional<Port.Native> known = port.nativeSide();
      int likely =
          known.isPresent() ? known.get().calls().nextDescriptor(known.get().descriptor()) : -1;
      List<InetAddress> locals = known.isPresent() ? known.get().localAddresses(id) : List.of();
      Peer peer = Peer.of(remotes(association), locals);
      branch = port.channel().branch(association);
      peer = known.isPresent() ? peer : peer.at(branch);
      if (call.isPresent() || options.listens()) {
        socket.admit(number, call.isEmpty(), branch, association, nativeSide(id, likely), peer);
      } else {
        KernelSocket.closeQuietly(branch);
      }
    } catch (IOException | IllegalArgumentException | NoSuchElementException e) {
      if (branch == null && hasEnded(association, e)) {
        remain(association, number, call);
      } else {
        fail(association, number, call, branch, e);
      }
    }
  }

  /// The kernel gives no channel to an association that has ended.
  private boolean hasEnded(Association association, Exception cause) {
    if (port.nativeSide().isPresent()) {
      Port.Native known = port.nativeSide().get();
      return port.channel().isOpen()
          && !known.descriptors().has(known.descriptor(), association.associationID());
    }
    return cause instanceof NoSuchElementException
        || String.valueOf(cause.getMessage()).contains("Invalid argument");
  }

  /// The JDK has none, or not even a set, if the association had ended when it was told of.
  private Set<SocketAddress> remotes(Association association) throws IOException {
    @Nullable Set<SocketAddress> known = port.channel().getRemoteAddresses(association);
    if (known == null || known.isEmpty()) {
      throw new NoSuchElementException("it has no addresses any more");
    }
    return known;
  }

  private void remain(Association association, long number, Optional<SharedPortCaller.Call> call) {
    if (call.isEmpty() && !options.listens()) {
      return;
    }
    EndedAssociation remains = new EndedAssociation(socket, number, association, listener);
    ended.put(association.associationID(), remains);
    call.ifPresent(known -> remains.up(false, known.peer()));
  }

  /// There are no descriptors left, for example.
  private void fail(
      Association association,
      long number,
      Optional<SharedPortCaller.Call> call,
      @Nullable SctpChannel branch,
      Exception cause) {
    String why = "the association got no channel of its own: " + cause.getMessage();
    int id = association.associationID();
    if (branch != null) {
      KernelSocket.closeQuietly(branch);
    } else {
      port.nativeSide()
          .ifPresent(
              known -> known.calls().abort(known.descriptor(), id, KernelSocket.reason(why)));
    }
    if (call.isPresent()) {
      socket.down(number, LossReason.RESET, why);
    } else {
      LOG.warn("SCTP at port {}: {}", port.number(), why);
    }
  }

  private Optional<KernelAssociation.Native> nativeSide(int association, int likely)
      throws IOException {
    if (port.nativeSide().isEmpty()) {
      return Optional.empty();
    }
    Port.Native known = port.nativeSide().get();
    OptionalInt descriptor =
        known.descriptors().ofAssociation(association, likely, known.descriptor());
    return descriptor.isPresent()
        ? Optional.of(
            new KernelAssociation.Native(known.calls(), descriptor.getAsInt(), association))
        : Optional.empty();
  }
}
