package io.rserpool.usrsctp;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One association of a socket. The phase is changed under the lock of [Associations]; what belongs
/// to the poller's thread alone is said so.
final class Association {

  /// The longest message that is taken or sent.
  static final int MESSAGE_BYTES_MAX = 1 << 20;

  /// Where an association is in its life.
  ///
  /// `CALLING` -> `UP` when the peer has answered; `UP` -> `ENDING` when it is shut down from here;
  /// any -> `DISCARDED` when it is aborted from here: the library still has it, or has words on it
  /// that have not been read. Then it is gone.
  enum Phase {
    CALLING,
    UP,
    ENDING,
    DISCARDED
  }

  /// The stack's number, told to the listener.
  final long number;

  /// The library's number, which comes back some day; below 0 while it has none.
  volatile long nativeNumber = -1;

  final boolean isIncoming;

  /// The most bytes of a refused message that the listener has not been told about yet; 0 for none.
  final AtomicInteger refusedBytes = new AtomicInteger();

  /// When something was sent at last.
  volatile long lastSendNs = System.nanoTime() - Long.MAX_VALUE / 2;

  volatile Phase phase;
  volatile int outgoingStreams;

  /// What is to be done as soon as it is up, since the library cannot do it before.
  volatile boolean isToBeShutDown;

  volatile String abortReason = "";

  /// Who the peer is, for people.
  volatile String peer;

  /// Whether messages wait until they are asked for.
  volatile boolean isPaused;

  // The poller's own.
  final ArrayDeque<Arrival> held = new ArrayDeque<>();
  long heldBytes;
  private @Nullable ByteArrayOutputStream pieces;

  Association(long number, boolean isIncoming, String peer) {
    this.number = number;
    this.isIncoming = isIncoming;
    this.peer = peer;
    phase = isIncoming ? Phase.UP : Phase.CALLING;
  }

  /// The library's number as the library has it.
  int nativeNumber() {
    return (int) nativeNumber;
  }

  static String describe(List<InetAddress> addresses, int port) {
    return addresses.isEmpty()
        ? "an unknown peer"
        : addresses.getFirst().getHostAddress() + " port " + port;
  }

  /// Adds what has come of a message.
  ///
  /// @return the message if it is complete, an empty array if it is not, null if it is too long
  byte @Nullable [] add(byte[] piece, boolean isEnd) {
    ByteArrayOutputStream before = pieces;
    long size = (long) piece.length + (before == null ? 0 : before.size());
    if (size > MESSAGE_BYTES_MAX) {
      pieces = null;
      return null;
    }
    if (before == null && isEnd) {
      return piece;
    }
    ByteArrayOutputStream collected = before == null ? new ByteArrayOutputStream() : before;
    collected.writeBytes(piece);
    pieces = isEnd ? null : collected;
    return isEnd ? collected.toByteArray() : new byte[0];
  }

  void forgetPieces() {
    pieces = null;
  }
}
