package io.rserpool.client.host;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapMessage;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One accepted user. Knows since when a send has been waiting, so that the host can end it.
final class HostedSession implements ServiceSession {

  private static final long NOT_SENDING = Long.MIN_VALUE;

  private final Channel channel;
  private final PayloadProtocol protocol;
  private final MessageCutter cutter;
  private final Duration idleTimeout;
  private final Runnable onLoadChange;
  private final CountDownLatch served = new CountDownLatch(1);
  private volatile long sendingSinceNs = NOT_SENDING;
  private volatile boolean isIdle;
  private volatile boolean isEnding;

  /// When the user was last heard, or last took something.
  private long quietSinceNs = System.nanoTime();

  HostedSession(
      Channel channel, PayloadProtocol protocol, Duration idleTimeout, Runnable onLoadChange) {
    this.channel = channel;
    this.protocol = protocol;
    this.cutter = new MessageCutter(protocol.lengthMax(), protocol.bounds());
    this.idleTimeout = idleTimeout;
    this.onLoadChange = onLoadChange;
  }

  // For the service.

  @Override
  public SessionInput receive() throws IOException {
    isIdle = true;
    try {
      if (isEnding) {
        throw new EOFException("the host ends");
      }
      return receive(Channel.FOREVER);
    } finally {
      isIdle = false;
    }
  }

  @Override
  public SessionInput receive(Duration limit) throws IOException {
    long startNs = System.nanoTime();
    while (true) {
      @Nullable SessionInput input = next(limit.toNanos() - (System.nanoTime() - startNs));
      if (input != null) {
        return input;
      }
    }
  }

  /// What comes next, or null if it is not for the service, or not whole yet.
  private @Nullable SessionInput next(long limitNs) throws IOException {
    byte[] waiting = cutter.next();
    if (waiting.length > 0) {
      return new SessionInput.Data(new UserMessage(waiting, protocol.identifier()));
    }
    long idleLeftNs =
        idleTimeout.isZero()
            ? Long.MAX_VALUE
            : idleTimeout.toNanos() - (System.nanoTime() - quietSinceNs);
    if (idleLeftNs <= 0) {
      throw new SocketTimeoutException("nothing came for " + idleTimeout);
    }
    Duration limit = Duration.ofNanos(Math.max(0, Math.min(limitNs, idleLeftNs)));
    return switch (channel.receive(limit)) {
      case UserMessage message -> data(message);
      case Incoming.Control(AsapMessage message) -> control(message);
      case Incoming.Silence _ -> limitNs <= idleLeftNs ? SessionInput.Silence.SILENCE : null;
      case Incoming.End _ -> {
        if (!cutter.isBetweenMessages()) {
          throw new EOFException("the user ended within a message");
        }
        yield SessionInput.End.END;
      }
    };
  }

  private @Nullable SessionInput data(UserMessage message) {
    quietSinceNs = System.nanoTime();
    if (channel.keepsMessages() || !protocol.hasMessages()) {
      return new SessionInput.Data(message);
    }
    cutter.add(message.bytes());
    return null;
  }

  /// Of all that ASAP has between users and elements, only the echo is for a service.
  private @Nullable SessionInput control(AsapMessage message) {
    quietSinceNs = System.nanoTime();
    return message instanceof AsapCookieEcho(Octets cookie)
        ? new SessionInput.CookieEcho(cookie.toBytes())
        : null;
  }

  @Override
  public void send(byte[] message) throws IOException {
    send(new UserMessage(message, protocol.identifier()));
  }

  @Override
  public void send(UserMessage message) throws IOException {
    timed(() -> channel.send(message));
  }

  @Override
  public void sendCookie(byte[] cookie) throws IOException {
    if (channel.hasControl()) {
      timed(() -> channel.sendControl(new AsapCookie(Octets.of(cookie))));
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  private void timed(Sending sending) throws IOException {
    sendingSinceNs = System.nanoTime();
    try {
      sending.run();
    } finally {
      sendingSinceNs = NOT_SENDING;
      quietSinceNs = System.nanoTime();
    }
  }

  @Override
  public boolean hasControl() {
    return channel.hasControl();
  }

  @Override
  public String peer() {
    return channel.peer();
  }

  @Override
  public void loadChanged() {
    onLoadChange.run();
  }

  @Override
  public boolean isEnding() {
    return isEnding;
  }

  // For the host.

  /// Whether one send has been waiting for longer than that.
  boolean isStuck(long nowNs, long limitNs) {
    long since = sendingSinceNs;
    return since != NOT_SENDING && nowNs - since > limitNs;
  }

  /// Lets the service end the session by itself, unless it only waits for its user.
  void beginEnd() {
    isEnding = true;
    if (isIdle) {
      abort();
    }
  }

  /// The service has ended it.
  void noteServed() {
    served.countDown();
  }

  /// Waits until the service has ended it.
  void awaitServed(long limitNs) throws InterruptedException {
    var _ = served.await(limitNs, TimeUnit.NANOSECONDS);
  }

  /// Ends the session in order.
  void close() {
    isEnding = true;
    channel.close();
  }

  /// Breaks the session; the service notices at its next receive or send.
  void abort() {
    isEnding = true;
    channel.abort();
  }
}
