package io.rserpool.client.host;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.Payload;
import io.rserpool.engine.session.cookie.Opening;
import io.rserpool.engine.session.element.ElementSession;
import io.rserpool.engine.session.element.ElementSessionEffect;
import io.rserpool.protocol.asap.AsapBusinessCard;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads a user's channel on a thread of its own, ahead of the service, so that keep-alives are
/// answered and a user that is gone is noticed while the service computes.
final class ReadAhead {

  /// How long the user may take to end as well: a connection that is closed while something still
  /// comes breaks, and the user might lose what was sent last.
  static final Duration LINGER_LIMIT = Duration.ofSeconds(1);

  /// A reader calls nothing that is deep.
  private static final long STACK_BYTES = 256 * 1024;

  /// A user's message as the engine sees it.
  private record UserData(UserMessage message) implements Payload {
    @Override
    public int size() {
      return message.bytes().length;
    }
  }

  private final Channel channel;
  private final Outlet outlet;
  private final Inbox inbox;
  private final HostContext context;
  private final ElementSession<UserData> session;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable String endReason;
  private volatile @Nullable AsapBusinessCard card;
  private volatile Opening.@Nullable Opened shown;
  private volatile boolean isLost;
  private volatile long quietSinceNs = System.nanoTime();

  ReadAhead(Channel channel, Outlet outlet, Inbox inbox, HostContext context) {
    this.channel = channel;
    this.outlet = outlet;
    this.inbox = inbox;
    this.context = context;
    this.session =
        new ElementSession<>(
            context.handle(),
            context.elementId(),
            channel.peer(),
            context.cookies().reader(channel.identity()),
            context.service().onRefusedCookie());
  }

  /// A service that computes may keep all carriers of virtual threads busy.
  void start() {
    if (context.service().computes()) {
      var _ =
          Thread.ofPlatform()
              .daemon()
              .stackSize(STACK_BYTES)
              .name("rserpool-serve-read")
              .start(this::run);
    } else {
      var _ = Thread.ofVirtual().name("rserpool-serve-read").start(this::run);
    }
  }

  private void run() {
    try {
      readToTheEnd();
      if (endReason != null) {
        linger(endReason);
      }
    } catch (IOException e) {
      isLost = true;
      inbox.fail(e);
    } finally {
      ended.countDown();
    }
  }

  private void readToTheEnd() throws IOException {
    while (endReason == null) {
      inbox.awaitRoom();
      switch (channel.receive(Channel.FOREVER)) {
        case UserMessage message -> {
          quietSinceNs = System.nanoTime();
          session.data(new UserData(message), this::take);
        }
        case Incoming.Control control -> {
          session.control(System.currentTimeMillis(), control.message(), this::take);
          card = session.card().orElse(null);
        }
        case Incoming.Silence _ -> {
          // Waits on.
        }
        case Incoming.End _ -> {
          inbox.add(SessionInput.End.END);
          return;
        }
      }
    }
  }

  private void take(ElementSessionEffect<UserData> effect) {
    switch (effect) {
      case ElementSessionEffect.DeliverData<UserData>(UserData data) ->
          inbox.add(new SessionInput.Data(data.message()));
      case ElementSessionEffect.DeliverCookie<UserData>(Opening.Opened cookie) -> {
        quietSinceNs = System.nanoTime();
        shown = cookie;
        inbox.add(new SessionInput.CookieEcho(cookie.plain().toBytes()));
      }
      case ElementSessionEffect.DeliverRefusal<UserData>(Opening.Refused refusal) ->
          inbox.add(new SessionInput.CookieRefused(refusal.reason(), refusal.text()));
      case ElementSessionEffect.Answer<UserData>(var message) -> {
        try {
          outlet.answer(message);
        } catch (IOException _) {
          // The next reading says so, too.
        }
      }
      case ElementSessionEffect.End<UserData>(String reason) -> endReason = reason;
      case ElementSessionEffect.Tell<UserData>(var event) -> context.tell(event);
    }
  }

  /// Ends the session in order, so that the user hears what was answered last; only then the
  /// service learns it, whose own end may be less gentle.
  private void linger(String reason) {
    try {
      outlet.end();
      long startNs = System.nanoTime();
      long leftNs = context.endsOneWay() ? LINGER_LIMIT.toNanos() : 0;
      while (leftNs > 0 && channel.receive(Duration.ofNanos(leftNs)) != Incoming.End.END) {
        leftNs = LINGER_LIMIT.toNanos() - (System.nanoTime() - startNs);
      }
    } catch (IOException _) {
      // The user was faster.
    }
    channel.close();
    inbox.fail(new EOFException(reason));
  }

  /// Waits, for a while, until the user has ended its side.
  void awaitEnd() {
    try {
      var _ = ended.await(LINGER_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// When the user was last heard; a keep-alive does not count.
  long quietSinceNs() {
    return quietSinceNs;
  }

  /// Whether the user is gone.
  boolean isLost() {
    return isLost;
  }

  /// The cookie that the user has shown.
  Optional<Opening.Opened> shown() {
    return Optional.ofNullable(shown);
  }

  /// The user's newest business card.
  Optional<AsapBusinessCard> card() {
    return Optional.ofNullable(card);
  }
}
