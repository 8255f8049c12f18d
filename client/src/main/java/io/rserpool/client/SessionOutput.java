package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.SendOption;
import io.rserpool.engine.session.UserSession;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/// What callers of a session send. Everything here is guarded by the lock of the session's host.
final class SessionOutput {

  private final SessionHost host;
  private final SessionGreeter greeter;
  private final SessionEnding ending;
  private final UserSession<Piece> session;
  private final long payloadProtocolId;
  private boolean isEnded;

  SessionOutput(
      SessionHost host, SessionGreeter greeter, SessionEnding ending, long payloadProtocolId) {
    this.host = host;
    this.greeter = greeter;
    this.ending = ending;
    this.session = host.session();
    this.payloadProtocolId = payloadProtocolId;
  }

  /// Queues a message; see [PoolSession#send(UserMessage, SendOption)].
  void send(UserMessage message, SendOption option) {
    send(Piece.toSend(message, option));
  }

  /// Queues a piece.
  void send(Piece piece) {
    UserMessage message = piece.whole();
    if (message.payloadProtocolId() == Channel.CONTROL_PAYLOAD_PROTOCOL) {
      throw new IllegalArgumentException("payload protocol 11 is ASAP, the control channel itself");
    }
    if (message.bytes().length == 0) {
      return;
    }
    host.lock();
    try {
      requireFitting(message);
      if (greeter.isHere()) {
        ending.requireUsable();
        session.greet(SessionClock.nowNs(), piece);
        awaitWhileUsable(session::isGreetingDrained, session::isGreetingDrained);
        return;
      }
      awaitWhileUsable(() -> isAccepted(piece), () -> isEnded || session.mayOffer());
    } finally {
      host.unlock();
    }
  }

  private boolean isAccepted(Piece piece) {
    if (isEnded) {
      throw new IllegalStateException(ending + ": nothing can be sent after the end of output");
    }
    return session.offer(SessionClock.nowNs(), piece);
  }

  /// A copy of bytes as a message, with the identifier of the session's options.
  void send(byte[] bytes, int offset, int length) {
    send(
        new UserMessage(Arrays.copyOfRange(bytes, offset, offset + length), payloadProtocolId),
        SendOption.FAILOVER);
  }

  private void requireFitting(UserMessage message) {
    Link link = host.current();
    int length = message.bytes().length;
    if (length > Channel.MESSAGE_BYTES_MAX && link != null && link.keepsMessages()) {
      throw new IllegalArgumentException(
          "%s: a message has at most %d bytes over SCTP, but this one has %d"
              .formatted(ending, Channel.MESSAGE_BYTES_MAX, length));
    }
  }

  void flush() {
    host.lock();
    try {
      // What the failover listener sends is handed over when its send returns.
      awaitWhileUsable(() -> greeter.isHere() || isFlushed(), this::isFlushed);
    } finally {
      host.unlock();
    }
  }

  private boolean isFlushed() {
    return session.phase() == UserSession.Phase.UP && session.isDrained();
  }

  void end() {
    host.lock();
    try {
      ending.requireUsable();
      isEnded = true;
      session.endOutput(SessionClock.nowNs());
    } finally {
      host.unlock();
    }
  }

  /// @param isReady whether it is worth asking whether it is done
  private void awaitWhileUsable(BooleanSupplier isDone, BooleanSupplier isReady) {
    while (true) {
      ending.requireUsable();
      if (isDone.getAsBoolean()) {
        return;
      }
      host.await(Long.MAX_VALUE, "room to send", isReady);
    }
  }
}
