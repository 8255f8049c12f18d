package io.rserpool.client;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapMessage;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What comes for a session, on its way from its link's reader to its callers. Everything here is
/// guarded by the lock of the session's state.
final class SessionInput {

  private final SessionState state;
  private final SessionOptions options;
  private final Inbound inbound = new Inbound();
  private final SessionControl control = new SessionControl();
  private boolean hasEnded;
  private long heardNs;

  SessionInput(SessionState state, SessionOptions options) {
    this.state = state;
    this.options = options;
  }

  /// Takes bytes that came; see [PoolSession#receive(byte[], Duration)].
  int receive(byte[] target, int offset, int length, long limitNs) {
    state.lock();
    try {
      Link source = awaitInput(limitNs);
      if (source == null) {
        return -1;
      }
      state.signal();
      return inbound.take(source, target, offset, length);
    } finally {
      state.unlock();
    }
  }

  /// Takes the next message; see [PoolSession#receiveMessage(Duration)].
  Optional<UserMessage> receiveMessage(long limitNs) {
    state.lock();
    try {
      Link source = awaitInput(limitNs);
      if (source == null) {
        return Optional.empty();
      }
      state.signal();
      return Optional.of(inbound.takeMessage(source));
    } finally {
      state.unlock();
    }
  }

  /// Waits for input; null if the element has ended the session in order.
  private @Nullable Link awaitInput(long limitNs) {
    long startNs = System.nanoTime();
    while (true) {
      Link source = source();
      if (source != null) {
        return source;
      }
      state.requireUsable();
      if (hasEnded && state.phase() == SessionState.Phase.UP) {
        return null;
      }
      long now = System.nanoTime();
      long leftNs = limitNs - (now - startNs);
      if (leftNs <= 0) {
        throw new CallTimeoutException(
            "%s: nothing came within %d ms"
                .formatted(state, TimeUnit.NANOSECONDS.toMillis(limitNs)));
      }
      state.await(Math.min(leftNs, silenceLeftNs(now, startNs)), "input");
    }
  }

  /// The link whose input this thread may take now, null if there is none. While the session moves,
  /// the listener hears the new element and everybody else what is left of the old one.
  private @Nullable Link source() {
    Link link = state.link();
    if (link != null && state.isMover()) {
      return inbound.has(link) ? link : null;
    }
    Link oldest = inbound.oldest();
    return switch (state.phase()) {
      case MOVING -> oldest == link ? null : oldest;
      case UP, FAILED, OVER -> oldest;
      case CLOSED -> null;
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

  void discard() {
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

  /// The newest cookie.
  Optional<Octets> cookie() {
    state.lock();
    try {
      return control.cookie();
    } finally {
      state.unlock();
    }
  }

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
    return state.isAlive(reader) && state.isServing();
  }

  void received(Link reader, UserMessage message) {
    state.lock();
    try {
      if (isReading(reader)) {
        heardNs = System.nanoTime();
        inbound.add(reader, message);
        state.signal();
      }
    } finally {
      state.unlock();
    }
  }

  /// A message on the control channel. It is no sign of life for the read time-out, which is about
  /// answers.
  void received(Link reader, AsapMessage message) {
    state.lock();
    try {
      if (isReading(reader)) {
        control.received(reader, message);
      }
    } finally {
      state.unlock();
    }
  }

  /// The element has ended its stream: in order if that was to be expected, else a failure.
  void ended(Link reader) {
    state.lock();
    try {
      if (!options.endsOrderly() && !state.output().isEnded()) {
        state.fail(reader, FailureSource.CLOSED, "the element ended the connection");
      } else if (state.isAlive(reader)) {
        hasEnded = true;
        state.signal();
      }
    } finally {
      state.unlock();
    }
  }

  boolean hasEnded() {
    return hasEnded;
  }

  /// A new link comes; the lock is held.
  ///
  /// @param keeps whether what was not read is kept
  void restart(boolean keeps) {
    if (!keeps) {
      inbound.discardOthers(null);
    }
    hasEnded = false;
    heardNs = System.nanoTime();
  }
}
