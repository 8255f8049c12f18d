package io.rserpool.usrsctp;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What has come for a socket and has not been looked at by its poller yet. The library's threads
/// add to it and wake the poller; they take no lock and are never stopped, since they serve all
/// sockets of the process.
final class Arrivals {

  /// A listener is quick by contract. If it is not, this much is kept for it; what comes then
  /// breaks the association that it comes for.
  private static final long WAITING_BYTES_MAX = 64 << 20;

  private final Platform platform;
  private final ConcurrentLinkedQueue<Arrival> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile @Nullable Thread reader;
  private volatile boolean isRung;

  Arrivals(Platform platform) {
    this.platform = platform;
  }

  /// The thread to wake.
  void readBy(Thread thread) {
    reader = thread;
  }

  /// There may be something to do.
  void ring() {
    if (!isRung) {
      isRung = true;
      Thread thread = reader;
      if (thread != null) {
        LockSupport.unpark(thread);
      }
    }
  }

  boolean isRung() {
    return isRung;
  }

  /// The next rings wake the poller again.
  void heard() {
    isRung = false;
  }

  void add(Arrival arrival) {
    waiting.add(arrival);
    ring();
  }

  /// Whether there is room for one more piece; if so, it has to be added.
  boolean hasRoomFor(long bytes) {
    if (waitingBytes.addAndGet(bytes) <= WAITING_BYTES_MAX) {
      return true;
    }
    waitingBytes.addAndGet(-bytes);
    return false;
  }

  @Nullable Arrival poll() {
    Arrival next = waiting.poll();
    if (next instanceof Arrival.Piece piece) {
      waitingBytes.addAndGet(-piece.bytes().length);
    }
    return next;
  }

  Platform platform() {
    return platform;
  }
}
