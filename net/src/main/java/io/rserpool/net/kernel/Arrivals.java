package io.rserpool.net.kernel;

import com.sun.nio.sctp.AbstractNotificationHandler;
import com.sun.nio.sctp.Association;
import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.AssociationChangeNotification.AssocChangeEvent;
import com.sun.nio.sctp.HandlerResult;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.SctpChannel;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SelectionKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits at the shared channel for associations that come up, and gives each a channel of its own.
final class Arrivals extends AbstractNotificationHandler<Object> implements KernelSocket.Ready {

  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final KernelSocket socket;
  private final SctpOptions options;
  private final Port port;
  private final Caller caller;
  private @Nullable Association arrived;
  private boolean hasFailed;

  Arrivals(KernelSocket socket, SctpOptions options, Port port, Caller caller) {
    this.socket = socket;
    this.options = options;
    this.port = port;
    this.caller = caller;
  }

  @Override
  public void ready(SelectionKey key) {
    try {
      while (port.channel().isOpen()) {
        arrived = null;
        hasFailed = false;
        MessageInfo info = port.channel().receive(socket.readBuffer().clear(), null, this);
        Association association = arrived;
        if (association != null) {
          admit(association);
        } else if (hasFailed && caller instanceof SharedPortCaller shared) {
          shared.failed();
        } else if (info == null) {
          return;
        }
      }
    } catch (IOException e) {
      LOG.warn("SCTP at port {}: {}", port.number(), e.getMessage());
    }
  }

  @Override
  public HandlerResult handleNotification(AssociationChangeNotification change, Object unused) {
    if (change.event() == AssocChangeEvent.COMM_UP) {
      arrived = change.association();
    }
    hasFailed = change.event() == AssocChangeEvent.CANT_START;
    return arrived != null || hasFailed ? HandlerResult.RETURN : HandlerResult.CONTINUE;
  }

  private void admit(Association association) {
    int id = association.associationID();
    OptionalLong called =
        caller instanceof SharedPortCaller shared ? shared.answered(id) : OptionalLong.empty();
    boolean isIncoming = called.isEmpty();
    long number = isIncoming ? socket.nextNumber() : called.getAsLong();
    try {
      Optional<Port.Native> known = port.nativeSide();
      List<InetAddress> locals = known.isPresent() ? known.get().localAddresses(id) : List.of();
      Peer peer = Peer.of(port.channel().getRemoteAddresses(association), locals);
      int likely =
          known.isPresent() ? known.get().calls().nextDescriptor(known.get().descriptor()) : -1;
      SctpChannel branch = port.channel().branch(association);
      if (isIncoming && !options.listens()) {
        KernelSocket.closeQuietly(branch);
        return;
      }
      if (known.isEmpty()) {
        peer = new Peer(peer.addresses(), peer.port(), Peer.hosts(branch.getAllLocalAddresses()));
      }
      socket.admit(number, isIncoming, branch, association, nativeSide(id, likely), peer);
    } catch (IOException | IllegalArgumentException e) {
      // It is gone already, or there are no descriptors left.
      String why = "the association got no channel of its own: " + e.getMessage();
      port.nativeSide()
          .ifPresent(
              known -> known.calls().abort(known.descriptor(), id, KernelSocket.reason(why)));
      if (!isIncoming) {
        socket.down(number, LossReason.RESET, why);
      } else {
        LOG.warn("SCTP at port {}: {}", port.number(), why);
      }
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
