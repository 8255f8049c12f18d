package io.rserpool.usrsctp;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls of peers with which the library still has an association. It tells of the end of one a
/// moment before it has forgotten it; so these calls are tried again, but not for long, since the
/// association may also be one that is well.
final class LateCalls {

  private static final int ATTEMPTS_MAX = 50;

  private final NativeSocket socket;
  private final Associations associations;
  private final SctpListener listener;
  private final Library.Loaded library;
  private final ConcurrentLinkedQueue<Call> waiting = new ConcurrentLinkedQueue<>();

  private record Call(
      Association association,
      List<InetAddress> peers,
      int port,
      int peerUdpPort,
      AtomicInteger attempts) {}

  LateCalls(
      NativeSocket socket,
      Associations associations,
      SctpListener listener,
      Library.Loaded library) {
    this.socket = socket;
    this.associations = associations;
    this.listener = listener;
    this.library = library;
  }

  void add(Association association, List<InetAddress> peers, int port, int peerUdpPort) {
    waiting.add(new Call(association, List.copyOf(peers), port, peerUdpPort, new AtomicInteger()));
  }

  /// Tries them again, on the poller's thread, some hundredths of a second after the last time.
  void look() {
    for (Iterator<Call> i = waiting.iterator(); i.hasNext(); ) {
      Call call = i.next();
      long error =
          associations.callAgain(
              call.association, () -> socket.connect(call.peers, call.port, call.peerUdpPort));
      boolean isLate = error == -library.platform().alreadyError();
      if (!isLate || call.attempts.incrementAndGet() == ATTEMPTS_MAX) {
        i.remove();
        if (error < 0) {
          fail(call.association, (int) -error);
        }
      }
    }
  }

  private void fail(Association association, int error) {
    boolean isTold = association.phase != Association.Phase.DISCARDED && socket.isOpen();
    associations.remove(association);
    if (isTold) {
      listener.down(
          association.number,
          LossReason.UNREACHABLE,
          association.peer + " cannot be called: " + library.errorText(error));
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
