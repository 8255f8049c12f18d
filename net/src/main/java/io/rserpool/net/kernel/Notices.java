package io.rserpool.net.kernel;

import com.sun.nio.sctp.AbstractNotificationHandler;
import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.HandlerResult;
import com.sun.nio.sctp.PeerAddressChangeNotification;
import io.rserpool.net.sctp.SctpListener;
import java.net.InetSocketAddress;

/// What the kernel says of one association: handed on, or kept if it is the end.
final class Notices extends AbstractNotificationHandler<Object> {

  /// How an association is over.
  enum End {
    NONE,
    SHUTDOWN,
    LOST
  }

  private final long number;
  private final SctpListener listener;
  private End end = End.NONE;

  Notices(long number, SctpListener listener) {
    this.number = number;
    this.listener = listener;
  }

  End end() {
    return end;
  }

  @Override
  public HandlerResult handleNotification(AssociationChangeNotification change, Object unused) {
    switch (change.event()) {
      case COMM_UP -> {}
      case RESTART -> listener.restarted(number);
      case SHUTDOWN -> end = End.SHUTDOWN;
      case COMM_LOST, CANT_START -> end = End.LOST;
    }
    return end == End.NONE ? HandlerResult.CONTINUE : HandlerResult.RETURN;
  }

  @Override
  public HandlerResult handleNotification(PeerAddressChangeNotification change, Object unused) {
    SctpListener.Path path =
        switch (change.event()) {
          case ADDR_AVAILABLE, ADDR_CONFIRMED -> SctpListener.Path.REACHABLE;
          case ADDR_UNREACHABLE -> SctpListener.Path.UNREACHABLE;
          case ADDR_ADDED -> SctpListener.Path.ADDED;
          case ADDR_REMOVED -> SctpListener.Path.REMOVED;
          case ADDR_MADE_PRIMARY -> SctpListener.Path.PRIMARY;
        };
    if (change.address() instanceof InetSocketAddress address) {
      listener.path(number, address.getAddress(), path);
    }
    return HandlerResult.CONTINUE;
  }
}
