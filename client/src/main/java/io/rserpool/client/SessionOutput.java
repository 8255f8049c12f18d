package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.UserMessage;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What a session sends, on its way from its callers to its link's writer. Everything here is guarded
/// by the lock of the session's state.
final class SessionOutput {

  private final SessionState state;
  private final SessionOptions options;
  private final Outbound outbound = new Outbound();
  private @Nullable Link writing;

  SessionOutput(SessionState state, SessionOptions options) {
    this.state = state;
    this.options = options;
  }

  /// Queues a message; see [PoolSession#send(UserMessage)].
  void send(UserMessage message) {
    if (message.payloadProtocolId() == Channel.CONTROL_PAYLOAD_PROTOCOL) {
      throw new IllegalArgumentException("payload protocol 11 is ASAP, the control channel itself");
    }
    if (message.bytes().length == 0) {
      return;
    }
    state.lock();
    try {
      requireFitting(message);
      if (state.isMover()) {
        outbound.addUrgent(message);
        state.signal();
        awaitWhileUsable(outbound::isUrgentDrained);
        return;
      }
      awaitWhileUsable(() -> isUp() && outbound.hasRoom());
      if (outbound.isEnded()) {
        throw new IllegalStateException(state + ": nothing can be sent after the end of output");
      }
      outbound.add(message);
      state.signal();
    } finally {
      state.unlock();
    }
  }

  /// A copy of bytes as a message, with the identifier of the session's options.
  void send(byte[] bytes, int offset, int length) {
    send(
        new UserMessage(
            Arrays.copyOfRange(bytes, offset, offset + length), options.payloadProtocolId()));
  }

  private void requireFitting(UserMessage message) {
    Link link = state.link();
    int length = message.bytes().length;
    if (length > Channel.MESSAGE_BYTES_MAX && link != null && link.channel().keepsMessages()) {
      throw new IllegalArgumentException(
          "%s: a message has at most %d bytes over SCTP, but this one has %d"
              .formatted(state, Channel.MESSAGE_BYTES_MAX, length));
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

  void end() {
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

  /// Waits until there is something to write; false when the writer is to end.
  boolean awaitNext(Link writer) {
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

  UserMessage next(Link writer) {
    state.lock();
    try {
      if (!state.isAlive(writer)) {
        return Outbound.END;
      }
      writing = writer;
      return outbound.next();
    } finally {
      state.unlock();
    }
  }

  /// What [#next] gave is handed over. That counts even if the link has failed meanwhile: it
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

  /// Whether a writer has not said yet what became of its bytes.
  boolean isWriting() {
    return writing != null;
  }

  boolean isDrained() {
    return outbound.isDrained();
  }

  /// Whether the end was sent, or waits to be; the lock is held.
  boolean isEnded() {
    return outbound.isEnded();
  }

  /// A new link comes; the lock is held.
  ///
  /// @param keeps whether what waits goes to the new element
  void restart(boolean keeps) {
    outbound.restart(keeps);
  }
}
