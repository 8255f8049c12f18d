package io.rserpool.client;

import io.rserpool.protocol.ElementId;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The bytes of a session on their way between its callers and its link's threads. Everything here
/// is guarded by the lock of the session's state.
final class Traffic {

  private final SessionState state;
  private final SessionOptions options;
  private final Inbound inbound = new Inbound();
  private final Outbound outbound = new Outbound();
  private @Nullable Link writing;
  private boolean inputEnded;
  private long heardNs;

  Traffic(SessionState state, SessionOptions options) {
    this.state = state;
    this.options = options;
  }

  // What an application does.

  /// Takes what came; see [PoolSession#receive].
  int receive(byte[] target, int offset, int length, long limitNs) {
    long startNs = System.nanoTime();
    state.lock();
    try {
      while (true) {
        int count = take(target, offset, length);
        if (count > 0) {
          state.signal();
          return count;
        }
        state.requireUsable();
        if (inputEnded && state.phase() == SessionState.Phase.UP) {
          return -1;
        }
        long now = System.nanoTime();
        long leftNs = limitNs - (now - startNs);
        if (leftNs <= 0) {
          throw new CallTimeoutException(
              "%s: nothing came within %d ms"
                  .formatted(state, TimeUnit.NANOSECONDS.toMillis(limitNs)));
        }
        state.await(Math.min(leftNs, silenceLeftNs(now, startNs)), "bytes");
      }
    } finally {
      state.unlock();
    }
  }

  /// While the session moves, the listener hears the new element and everybody else what is left of
  /// the old one.
  private int take(byte[] target, int offset, int length) {
    Link link = state.link();
    if (link != null && state.isMover()) {
      return inbound.take(link, target, offset, length);
    }
    return switch (state.phase()) {
      case MOVING -> inbound.startsWith(link) ? 0 : inbound.take(target, offset, length);
      case UP, FAILED, OVER -> inbound.take(target, offset, length);
      case CLOSED -> 0;
    };
  }

  /// How long the element may stay silent yet; takes it for failed when the time has passed.
  private long silenceLeftNs(long now, long startNs) {
    Link link = state.link();
    if (options.readTimeout().isZero() || link == null || !state.isInUse()) {
      return Long.MAX_VALUE;
    }
    long leftNs = options.readTimeout().toNanos() - Math.min(now - startNs, now - heardNs);
    if (leftNs <= 0) {
      state.fail(link, FailureSource.READ_TIMEOUT, "nothing came for " + options.readTimeout());
    }
    return Math.max(0, leftNs);
  }

  /// Queues a message; see [PoolSession#send].
  void send(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return;
    }
    state.lock();
    try {
      if (state.isMover()) {
        outbound.addUrgent(bytes, offset, length);
        state.signal();
        awaitWhileUsable(outbound::isUrgentDrained);
        return;
      }
      awaitWhileUsable(() -> isUp() && outbound.hasRoom());
      if (outbound.isEnded()) {
        throw new IllegalStateException(state + ": nothing can be sent after the end of output");
      }
      outbound.add(bytes, offset, length);
      state.signal();
    } finally {
      state.unlock();
    }
  }

  private boolean isUp() {
    return state.phase() == SessionState.Phase.UP;
  }

  void flush() {
    state.lock();
    try {
      // What the failover listener sends is handed over when its send returns.
      awaitWhileUsable(() -> state.isMover() || (isUp() && outbound.isDrained()));
    } finally {
      state.unlock();
    }
  }

  void endOutput() {
    state.lock();
    try {
      state.requireUsable();
      outbound.end();
      state.signal();
    } finally {
      state.unlock();
    }
  }

  private void awaitWhileUsable(BooleanSupplier isDone) {
    while (true) {
      state.requireUsable();
      if (isDone.getAsBoolean()) {
        return;
      }
      state.await(patienceLeftNs(), "room to send");
    }
  }

  /// How long the element may take nothing yet; takes it for failed when the time has passed.
  private long patienceLeftNs() {
    Link link = state.link();
    if (link == null || !state.isInUse() || outbound.isDrained()) {
      return Long.MAX_VALUE;
    }
    long leftNs = options.sendTimeout().toNanos() - (System.nanoTime() - outbound.progressNs());
    if (leftNs <= 0) {
      state.fail(
          link, FailureSource.SEND_TIMEOUT, "nothing was taken for " + options.sendTimeout());
    }
    return Math.max(0, leftNs);
  }

  void discardReceived() {
    state.lock();
    try {
      inbound.discardOthers(state.isMover() ? state.link() : null);
      state.signal();
    } finally {
      state.unlock();
    }
  }

  /// The element that sent what was taken last.
  ElementId sender() {
    state.lock();
    try {
      return inbound.sender();
    } finally {
      state.unlock();
    }
  }

  // What the link's threads do.

  /// Waits until more may be read; false when the reader is to end.
  boolean awaitRoom(Link reader) {
    state.lock();
    try {
      while (isReading(reader) && !inbound.hasRoom(reader)) {
        state.awaitUninterruptibly();
      }
      return isReading(reader);
    } finally {
      state.unlock();
    }
  }

  private boolean isReading(Link reader) {
    return state.isAlive(reader) && (isUp() || state.phase() == SessionState.Phase.MOVING);
  }

  void received(Link reader, byte[] buffer, int count) {
    state.lock();
    try {
      if (isReading(reader)) {
        heardNs = System.nanoTime();
        inbound.add(reader, buffer, count);
        state.signal();
      }
    } finally {
      state.unlock();
    }
  }

  /// The element has ended its stream: in order if that was to be expected, else a failure.
  void inputEnded(Link reader) {
    state.lock();
    try {
      if (!options.endsOrderly() && !outbound.isEnded()) {
        state.fail(reader, FailureSource.CLOSED, "the element ended the connection");
      } else if (state.isAlive(reader)) {
        inputEnded = true;
        state.signal();
      }
    } finally {
      state.unlock();
    }
  }

  /// Waits until there is something to write; false when the writer is to end.
  boolean awaitOutput(Link writer) {
    state.lock();
    try {
      while (state.isAlive(writer) && state.phase() != SessionState.Phase.OVER) {
        if (outbound.hasNext(state.phase() == SessionState.Phase.MOVING)) {
          return true;
        }
        if (state.phase() == SessionState.Phase.CLOSED) {
          return false;
        }
        state.awaitUninterruptibly();
      }
      return false;
    } finally {
      state.unlock();
    }
  }

  byte[] nextOutput(Link writer) {
    state.lock();
    try {
      if (!state.isAlive(writer)) {
        return new byte[0];
      }
      writing = writer;
      return outbound.next();
    } finally {
      state.unlock();
    }
  }

  /// What [#nextOutput] gave is handed over. That counts even if the link has failed meanwhile: it
  /// may have been answered already, and must not go to the next element again.
  void written(Link writer) {
    state.lock();
    try {
      if (writing == writer) {
        writing = null;
        outbound.written();
        state.signal();
      }
    } finally {
      state.unlock();
    }
  }

  /// A writer is over; what it was writing was not handed over as a whole.
  void writerEnds(Link writer) {
    state.lock();
    try {
      if (writing == writer) {
        writing = null;
        state.signal();
      }
    } finally {
      state.unlock();
    }
  }

  // What the state's changes mean for the queues; the lock is held.

  /// A new link comes.
  ///
  /// @param keeps whether what waits in both directions is kept
  void restart(boolean keeps) {
    outbound.restart(keeps);
    if (!keeps) {
      inbound.discardOthers(null);
    }
    inputEnded = false;
    heardNs = System.nanoTime();
  }

  /// Whether a writer has not said yet what became of its bytes.
  boolean isWriting() {
    return writing != null;
  }

  boolean hasInputEnded() {
    return inputEnded;
  }

  boolean isDrained() {
    return outbound.isDrained();
  }
}
