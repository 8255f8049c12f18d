package io.rserpool.usrsctp;

import org.jspecify.annotations.Nullable;

/// What has come for associations that are paused. All associations of a process are received by the
/// same threads of the library, which can neither be stopped for one of them nor leave its messages
/// where they are. So the peer of a paused association is not slowed down: what it sends is kept here,
/// up to a limit; more breaks the association. Only for the poller's thread.
final class HeldBack {

  /// For one association: some hundred times what a well-behaved peer of a session has on its way.
  static final int BYTES_MAX = 8 << 20;

  /// For all associations of a socket.
  static final int TOTAL_BYTES_MAX = 64 << 20;

  /// What keeping an arrival costs besides its bytes, so that many short ones have a limit as well.
  private static final long OVERHEAD_BYTES = 64;

  private long totalBytes;

  /// Whether what comes now has to wait.
  static boolean holds(Association association) {
    return association.isPaused || !association.held.isEmpty();
  }

  /// Keeps what has come.
  ///
  /// @return false if it is too much, and was not kept
  boolean add(Association association, Arrival arrival) {
    long cost = cost(arrival);
    if (association.heldBytes + cost > BYTES_MAX || totalBytes + cost > TOTAL_BYTES_MAX) {
      return false;
    }
    association.held.addLast(arrival);
    association.heldBytes += cost;
    totalBytes += cost;
    return true;
  }

  /// The next that may be told.
  @Nullable Arrival poll(Association association) {
    Arrival next = association.isPaused ? null : association.held.pollFirst();
    if (next != null) {
      association.heldBytes -= cost(next);
      totalBytes -= cost(next);
    }
    return next;
  }

  /// Nobody wants to know any more.
  void forget(Association association) {
    totalBytes -= association.heldBytes;
    association.heldBytes = 0;
    association.held.clear();
  }

  private static long cost(Arrival arrival) {
    return OVERHEAD_BYTES + (arrival instanceof Arrival.Piece piece ? piece.bytes().length : 0);
  }
}
