package io.rserpool.client;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.Loss;
import io.rserpool.engine.session.SessionNews;
import io.rserpool.engine.session.UserSession;
import io.rserpool.protocol.ElementId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What callers of a session receive. Everything here is guarded by the lock of the session's host.
final class SessionInput {

  private final SessionHost host;
  private final SessionGreeter greeter;
  private final SessionEnding ending;
  private final UserSession<Piece> session;
  private final Set<SessionNotice> notices;
  private ElementId sender = ElementId.NONE;
  private @Nullable Loss lastLoss;

  SessionInput(
      SessionHost host, SessionGreeter greeter, SessionEnding ending, Set<SessionNotice> notices) {
    this.host = host;
    this.greeter = greeter;
    this.ending = ending;
    this.session = host.session();
    this.notices = notices;
  }

  /// Takes bytes that came; see [PoolSession#receive(byte[], java.time.Duration)].
  int receive(byte[] target, int offset, int length, long limitNs) {
    host.lock();
    try {
      if (!(await(limitNs, Set.of()) instanceof SessionNews.Data<Piece> data)) {
        return -1;
      }
      sender = data.sender();
      return take(data.payload(), target, offset, length);
    } finally {
      host.unlock();
    }
  }

  /// Takes bytes over the bounds of messages, but not over what came by another link.
  private int take(Piece first, byte[] target, int offset, int length) {
    int taken = 0;
    for (Piece next = first;
        next != null && next.isBeside(first) && taken < length;
        next = nextPiece()) {
      taken += next.take(target, offset + taken, length - taken);
      if (next.isTaken()) {
        poll();
      }
    }
    return taken;
  }

  private @Nullable Piece nextPiece() {
    return session.peek(greeter.isHere()).orElse(null) instanceof SessionNews.Data<Piece> data
        ? data.payload()
        : null;
  }

  private void poll() {
    var _ = session.poll(SessionClock.nowNs(), greeter.isHere());
  }

  /// Takes the next message; see [PoolSession#receiveMessage(java.time.Duration)].
  Optional<UserMessage> receiveMessage(long limitNs) {
    host.lock();
    try {
      return await(limitNs, Set.of()) instanceof SessionNews.Data<Piece> data
          ? Optional.of(take(data))
          : Optional.empty();
    } finally {
      host.unlock();
    }
  }

  private UserMessage take(SessionNews.Data<Piece> data) {
    sender = data.sender();
    poll();
    return data.payload().rest();
  }

  /// Takes the next message or notice.
  SessionNews<Piece> nextNews(long limitNs) {
    host.lock();
    try {
      SessionNews<Piece> news = await(limitNs, notices);
      if (news instanceof SessionNews.Data<Piece> data) {
        sender = data.sender();
        poll();
      }
      return news;
    } finally {
      host.unlock();
    }
  }

  /// Takes the next message or notice; see [PoolSession#next(java.time.Duration)].
  SessionEvent next(long limitNs) {
    return switch (nextNews(limitNs)) {
      case SessionNews.Data<Piece>(Piece piece, var from) ->
          new SessionEvent.Data(piece.rest(), from);
      case SessionNews.FailoverNecessary<Piece>(var loss, boolean hasCookie) ->
          new SessionEvent.FailoverNecessary(
              Failure.sourceOf(loss.source()), loss.reason(), hasCookie);
      case SessionNews.Moved<Piece>(var move) ->
          new SessionEvent.FailoverComplete(Failover.of(move));
      case SessionNews.NewCookie<Piece>(var from, int size) ->
          new SessionEvent.NewCookie(from, size);
      case SessionNews.NewCard<Piece>(var from) -> new SessionEvent.NewCard(from);
      case SessionNews.PoolChanged<Piece>(var elements) -> new SessionEvent.PoolChanged(elements);
      case SessionNews.Unsent<Piece>(Piece piece, var loss) ->
          new SessionEvent.Unsent(piece.whole(), Failure.sourceOf(loss.source()), loss.reason());
      case SessionNews.Ended<Piece> _, SessionNews.Over<Piece> _ -> new SessionEvent.Ended();
    };
  }

  /// Waits for what comes next. Data stays the next, notices are taken; the end in order comes
  /// again and again.
  private SessionNews<Piece> await(long limitNs, Set<SessionNotice> wanted) {
    long startNs = System.nanoTime();
    boolean isGreeter = greeter.isHere();
    boolean isWaiting = false;
    try {
      while (true) {
        ending.requireOpen();
        SessionNews<Piece> news = look(wanted);
        if (news != null) {
          return news;
        }
        if (!isFailing()) {
          ending.requireUsable();
        }
        if (hasEnded()) {
          return new SessionNews.Ended<>();
        }
        long leftNs = limitNs - (System.nanoTime() - startNs);
        if (leftNs <= 0) {
          throw new CallTimeoutException(
              "%s: nothing came within %d ms"
                  .formatted(host, TimeUnit.NANOSECONDS.toMillis(limitNs)));
        }
        if (!isWaiting) {
          isWaiting = true;
          host.beginInput(isGreeter);
        }
        host.await(leftNs, "input", () -> session.hasNews(isGreeter) || hasEnded());
      }
    } finally {
      if (isWaiting) {
        host.endInput(isGreeter);
      }
    }
  }

  private boolean hasEnded() {
    return session.hasEnded() && session.phase() == UserSession.Phase.UP;
  }

  /// Whether the element has failed, and it is not known yet what of the last message became of it:
  /// the end is told when that is.
  private boolean isFailing() {
    return switch (session.phase()) {
      case FAILED, OVER -> !session.loss().equals(Optional.ofNullable(lastLoss));
      case MOVING, GREETING, UP, CLOSED -> false;
    };
  }

  /// What is there already and was asked for.
  private @Nullable SessionNews<Piece> look(Set<SessionNotice> wanted) {
    while (true) {
      SessionNews<Piece> news = session.peek(greeter.isHere()).orElse(null);
      if (news == null || news instanceof SessionNews.Data) {
        return news;
      }
      poll();
      if (news instanceof SessionNews.Over<Piece>(Loss loss)) {
        lastLoss = loss;
      } else if (news instanceof SessionNews.FailoverNecessary<Piece>(Loss loss, _)) {
        lastLoss = loss;
      }
      if (wanted.stream().anyMatch(notice -> notice.isThat(news))) {
        return news;
      }
    }
  }

  void discard() {
    host.lock();
    try {
      session.discard(SessionClock.nowNs());
    } finally {
      host.unlock();
    }
  }

  /// The element that sent what was taken last.
  ElementId sender() {
    host.lock();
    try {
      return sender;
    } finally {
      host.unlock();
    }
  }
}
