package io.rserpool.usrsctp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of a socket, in steps, because of two faults of libusrsctp 0.9.5:
///
/// * It may look at a socket after that has been freed, if a packet or a timer of one of its
///   associations is being handled while the socket is closed. So its associations are ended first,
///   in order or, if that takes too long, by force, and it is closed when there are none any more.
///   (What is left is a packet of no association, handled at that very moment.)
/// * When a packet ends an association that another thread is using at that moment, the library
///   forgets to give one reference to the socket back. Closing the socket then does not close it:
///   its port stays taken, and the stack never ends. So it is closed as often as there are
///   references left, once their number stays the same with nothing left that could change it.
final class Closing {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private static final long LOOK_NS = 5_000_000;

  /// How often one more reference than ours must be seen before it counts as forgotten.
  private static final int LOOKS_FORGOTTEN = 40;

  /// Without one: any packet that was being handled has been by then.
  private static final int LOOKS_QUIET = 2;

  /// How long peers have for an end in order.
  private static final int LOOKS_IN_ORDER = 400;

  /// An association that is being opened cannot be broken. It ends when its calls have not been
  /// answered; after some seconds it is not waited for any longer.
  private static final int LOOKS_MAX = 2_000;

  private static final int FORGOTTEN_MAX = 1 << 20;

  private final SocketFunctions functions;
  private final Platform platform;
  private final MemorySegment socket;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment errno = Binding.allocateErrno(arena);
  private final MemorySegment size = arena.allocate(JAVA_INT);
  private final MemorySegment sendInfo = arena.allocate(Sctp.SEND_INFO_SIZE, 8);
  private final MemorySegment references;

  @SuppressWarnings("restricted")
  Closing(Library.Loaded library, MemorySegment socket) {
    functions = library.sockets();
    platform = library.platform();
    this.socket = socket;
    references = socket.reinterpret(8);
  }

  /// Takes no associations any more, and has those end in order that are up.
  void begin() {
    functions.listen(errno, socket, 0);
    endAll(Sctp.SEND_EOF);
  }

  /// Waits for the end and closes the socket. Takes some hundredths of a second if peers answer.
  void complete() {
    int quiet = 0;
    int left = 1;
    for (int look = 0; look < LOOKS_MAX; look++) {
      left = endAll(look < LOOKS_IN_ORDER ? Sctp.SEND_EOF : Sctp.SEND_ABORT);
      quiet = left == 0 ? quiet + 1 : 0;
      if (quiet >= (forgotten() == 0 ? LOOKS_QUIET : LOOKS_FORGOTTEN)) {
        break;
      }
      LockSupport.parkNanos(this, LOOK_NS);
    }
    close(left == 0 ? forgotten() : 0);
    arena.close();
  }

  private void close(int forgotten) {
    // Lingering for no time means: with ABORT.
    MemorySegment linger = arena.allocateFrom(JAVA_INT, 1, 0);
    functions.setsockopt(errno, socket, platform.socketLevel(), platform.lingerOption(), linger);
    if (forgotten > 0) {
      LOG.debug("libusrsctp has forgotten {} references to a socket", forgotten);
    }
    for (int i = 0; i <= forgotten; i++) {
      functions.close(errno, socket);
    }
  }

  /// Ends or breaks all associations.
  ///
  /// @return how many there were
  private int endAll(short how) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment count = call.allocate(JAVA_INT);
      if (get(Sctp.ASSOCIATION_COUNT, count) < 0 || count.get(JAVA_INT, 0) == 0) {
        return 0;
      }
      MemorySegment list = call.allocate(4L * (1 + count.get(JAVA_INT, 0)), 4);
      MemorySegment status = call.allocate(Sctp.STATUS_SIZE, 8);
      int listed = get(Sctp.ASSOCIATION_LIST, list) < 0 ? 0 : list.get(JAVA_INT, 0);
      for (int i = 1; i <= listed; i++) {
        int association = list.getAtIndex(JAVA_INT, i);
        if (how == Sctp.SEND_ABORT || isEstablished(association, status)) {
          sendInfo.set(JAVA_SHORT, 2, how);
          sendInfo.set(JAVA_INT, 12, association);
          functions.sendv(errno, socket, sendInfo, 0, sendInfo);
        }
      }
      return count.get(JAVA_INT, 0);
    }
  }

  /// Before it is, it cannot be ended; after that, it is ending.
  private boolean isEstablished(int association, MemorySegment status) {
    status.set(JAVA_INT, 0, association);
    return get(Sctp.STATUS, status) >= 0 && status.get(JAVA_INT, 4) == Sctp.ESTABLISHED;
  }

  /// References to the socket besides ours; 0 also if the library's structure is not the known one.
  private int forgotten() {
    int count = references.get(JAVA_INT, 0);
    boolean isKnown = references.get(JAVA_SHORT, 4) == Sctp.SEQUENCED_PACKETS;
    return isKnown && count > 1 && count < FORGOTTEN_MAX ? count - 1 : 0;
  }

  private int get(int option, MemorySegment value) {
    size.set(JAVA_INT, 0, (int) value.byteSize());
    return functions.getsockopt(errno, socket, option, value, size);
  }
}
