package io.rserpool.client.host;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.session.cookie.SessionCookies;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One accepted user. Where there is a control channel it is read ahead of the service; a plain
/// stream is read by the service's own thread.
final class HostedSession implements ServiceSession {

  private final Channel channel;
  private final HostContext context;
  private final PayloadProtocol protocol;
  private final MessageCutter cutter;
  private final Outlet outlet;
  private final Inbox inbox = new Inbox();
  private final @Nullable ReadAhead reader;
  private final SessionCookies cookies;
  private final CountDownLatch served = new CountDownLatch(1);
  private volatile boolean isIdle;
  private volatile boolean isEnding;

  /// When the user was last heard by this thread, or last took something.
  private long quietSinceNs = System.nanoTime();

  HostedSession(Channel channel, HostContext context) {
    this.channel = channel;
    this.context = context;
    this.protocol = context.service().protocol();
    this.cutter = new MessageCutter(protocol.lengthMax(), protocol.bounds());
    this.outlet = new Outlet(channel);
    this.cookies = context.cookies().newSession();
    this.reader = channel.hasControl() ? new ReadAhead(channel, outlet, inbox, context) : null;
  }

  /// Greets the user and begins to listen to it.
  void begin() throws IOException {
    if (reader != null) {
      Optional<AsapBusinessCard> card = context.ownCard().get();
      if (card.isPresent()) {
        outlet.sendControl(card.get());
      }
      reader.start();
    }
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
    long idleLeftNs = idleLeftNs();
    if (idleLeftNs <= 0) {
      throw new SocketTimeoutException("nothing came for " + context.idleTimeout());
    }
    return switch (take(Math.max(0, Math.min(limitNs, idleLeftNs)))) {
      case SessionInput.Data(UserMessage message) -> data(message);
      case SessionInput.CookieEcho echo -> {
        if (reader != null) {
          reader.shown().ifPresent(cookies::resume);
        }
        yield echo;
      }
      case SessionInput.CookieRefused refused -> refused;
      case SessionInput.Silence silence -> limitNs <= idleLeftNs ? silence : null;
      case SessionInput.End end -> {
        if (!cutter.isBetweenMessages()) {
          throw new EOFException("the user ended within a message");
        }
        yield end;
      }
    };
  }

  private long idleLeftNs() {
    if (context.idleTimeout().isZero()) {
      return Long.MAX_VALUE;
    }
    long now = System.nanoTime();
    long quietNs = now - quietSinceNs;
    if (reader != null) {
      quietNs = Math.min(quietNs, now - reader.quietSinceNs());
    }
    return context.idleTimeout().toNanos() - quietNs;
  }

  private SessionInput take(long limitNs) throws IOException {
    if (reader != null) {
      SessionInput next = inbox.take(limitNs);
      return next == null ? SessionInput.Silence.SILENCE : next;
    }
    return switch (channel.receive(Duration.ofNanos(limitNs))) {
      case UserMessage message -> {
        quietSinceNs = System.nanoTime();
        yield new SessionInput.Data(message);
      }
      case Incoming.Silence _ -> SessionInput.Silence.SILENCE;
      case Incoming.End _ -> SessionInput.End.END;
      case Incoming.Control _ ->
          throw new IllegalStateException("a control message where there is no control channel");
    };
  }

  private @Nullable SessionInput data(UserMessage message) {
    if (channel.keepsMessages() || !protocol.hasMessages()) {
      return new SessionInput.Data(message);
    }
    cutter.add(message.bytes());
    return null;
  }

  @Override
  public void send(byte[] message) throws IOException {
    send(new UserMessage(message, protocol.identifier()));
  }

  @Override
  public void send(UserMessage message) throws IOException {
    outlet.send(message);
    quietSinceNs = System.nanoTime();
  }

  @Override
  public void sendCookie(byte[] cookie) throws IOException {
    if (channel.hasControl()) {
      Octets sealed = context.cookies().toTravel(cookies, channel.identity(), Octets.of(cookie));
      outlet.sendControl(new AsapCookie(sealed));
      quietSinceNs = System.nanoTime();
    }
  }

  @Override
  public boolean hasControl() {
    return channel.hasControl();
  }

  @Override
  public Optional<AsapBusinessCard> businessCard() {
    return reader == null ? Optional.empty() : reader.card();
  }

  @Override
  public String peer() {
    return channel.peer();
  }

  @Override
  public PeerIdentity user() {
    return channel.identity();
  }

  @Override
  public void loadChanged() {
    context.onLoadChange().run();
  }

  @Override
  public boolean isEnding() {
    return isEnding || (reader != null && reader.isLost());
  }

  // For the host.

  /// Whether one send has been waiting for longer than that.
  boolean isStuck(long nowNs, long limitNs) {
    return outlet.isStuck(nowNs, limitNs);
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

  /// Ends the session in order: what was sent still arrives.
  void close() {
    isEnding = true;
    if (reader != null && context.endsOneWay()) {
      inbox.part();
      try {
        outlet.end();
        reader.awaitEnd();
      } catch (IOException _) {
        // The user was faster.
      }
    }
    channel.close();
  }

  /// Breaks the session; the service notices at its next receive or send.
  void abort() {
    isEnding = true;
    inbox.part();
    channel.abort();
  }
}
