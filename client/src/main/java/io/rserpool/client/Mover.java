package io.rserpool.client;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapCookieEcho;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a session to an element: the first one, or another one after a failure (the procedure of
/// RFC 5352 section 6.5.1 with failover). One instance is one move.
final class Mover {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.client");

  private final PoolSession session;
  private final SessionState state;
  private final PoolUser user;
  private final PoolHandle handle;
  private final SessionOptions options;
  private final Caller caller;
  private final RemovalSense removal;
  private final Set<ElementId> tried = new HashSet<>();
  private final long deadlineNs;
  private String lastReason = "nothing was tried";
  private FailureSource lastSource = FailureSource.REFUSED;

  Mover(
      PoolSession session,
      SessionState state,
      PoolUser user,
      SessionOptions options,
      Caller caller,
      RemovalSense removal) {
    this.session = session;
    this.state = state;
    this.user = user;
    this.handle = session.handle();
    this.options = options;
    this.caller = caller;
    this.removal = removal;
    this.deadlineNs = System.nanoTime() + options.failoverTimeout().toNanos();
  }

  /// Connects to the first element: every element of the pool is tried once.
  void connect() {
    run(null, Failure.now(FailureSource.APPLICATION, "first element"));
  }

  /// Moves away from an element.
  void move(PoolElementParameter failed, Failure why) {
    tried.add(failed.elementId());
    lastSource = why.source();
    lastReason = why.reason();
    run(failed, why);
  }

  private void run(@Nullable PoolElementParameter old, Failure why) {
    try {
      int attempt = 0;
      while (attempt < options.attempts() && leftNs() > 0) {
        long chosenAt = removal.version();
        PoolElementParameter next = choose(old == null);
        if (next == null) {
          if (!state.pause(Math.min(leftNs(), options.retryDelay().toNanos()))) {
            return;
          }
          continue;
        }
        attempt++;
        if (isServedBy(next, old, why, attempt)) {
          removal.follow(chosenAt);
          return;
        }
      }
      state.over(this::exhausted);
    } catch (RSerPoolException e) {
      state.over(() -> e);
    } catch (RuntimeException e) {
      LOG.error("{}: a failover listener threw", session, e);
      state.over(() ->
          new SessionFailedException(
              session + ": the failover listener threw", FailureSource.APPLICATION, e));
    }
  }

  private long leftNs() {
    return deadlineNs - System.nanoTime();
  }

  private SessionFailedException exhausted() {
    return new SessionFailedException(
        "%s: no element could be reached within %s and %d attempts; the last: %s"
            .formatted(session, options.failoverTimeout(), options.attempts(), lastReason),
        lastSource);
  }

  /// The element to try next, or null if a pause is due before the next choice.
  private @Nullable PoolElementParameter choose(boolean isFirst) {
    try {
      ElementId preferred =
          tried.contains(options.preferred()) ? ElementId.NONE : options.preferred();
      PoolElementParameter selected =
          user.select(handle, preferred, Duration.ofNanos(Math.max(1, leftNs())));
      if (tried.add(selected.elementId())) {
        return selected;
      }
      for (PoolElementParameter other : user.resolve(handle).elements()) {
        if (tried.add(other.elementId())) {
          return other;
        }
      }
      if (isFirst) {
        throw exhausted();
      }
      tried.clear();
    } catch (UnknownPoolException | NoRegistrarException | CallTimeoutException e) {
      if (isFirst) {
        throw e;
      }
      lastReason = String.valueOf(e.getMessage());
    }
    return null;
  }

  /// Whether the session is on that element now.
  private boolean isServedBy(
      PoolElementParameter next, @Nullable PoolElementParameter old, Failure why, int attempt) {
    Link link;
    boolean cookieEchoed;
    try {
      Duration limit = Duration.ofNanos(Math.clamp(leftNs(), 1, limitNs()));
      link = new Link(next, caller.call(next.userTransport(), limit));
      cookieEchoed = hasEchoedCookie(link);
    } catch (IOException failure) {
      user.reportSoon(handle, next.elementId());
      note(next, Failure.sourceOf(failure), String.valueOf(failure.getMessage()));
      return false;
    }
    if (!state.install(link)) {
      link.channel().close();
      return true;
    }
    link.start(state);
    if (old == null) {
      return state.moved(null) || hasFailed(next);
    }
    Failover move = announce(old, next, why, attempt, cookieEchoed);
    try {
      options.listener().movedOver(session, move);
    } catch (SessionFailedException _) {
      state.fail(link, FailureSource.APPLICATION, "the failover listener gave the element up");
    }
    return state.moved(move) || hasFailed(next);
  }

  /// Gives the new element the last cookie, before anybody can send anything else (RFC 5352 section
  /// 3.8).
  private boolean hasEchoedCookie(Link link) throws IOException {
    Optional<Octets> cookie = state.input().cookie();
    if (cookie.isEmpty() || !link.channel().hasControl()) {
      return false;
    }
    try {
      link.channel().sendControl(new AsapCookieEcho(cookie.get()));
      return true;
    } catch (IOException e) {
      link.channel().abort();
      throw e;
    }
  }

  private long limitNs() {
    return options.connectTimeout().toNanos();
  }

  private Failover announce(
      PoolElementParameter old,
      PoolElementParameter next,
      Failure why,
      int attempt,
      boolean cookieEchoed) {
    Duration duration = Duration.ofNanos(System.nanoTime() - why.noticedNs());
    Failover move =
        new Failover(
            old,
            next,
            why.source(),
            why.reason(),
            why.noticedNs(),
            duration,
            attempt,
            cookieEchoed);
    LOG.info(
        "pool={} element={} failed ({}: {}), element={} serves after {} ms",
        handle,
        old.elementId(),
        why.source(),
        why.reason(),
        next.elementId(),
        duration.toMillis());
    return move;
  }

  /// Notes the failure of an element that failed before it served; false unless the session is
  /// closed.
  private boolean hasFailed(PoolElementParameter element) {
    Failure failure = state.failure();
    if (failure == null) {
      return true;
    }
    note(element, failure.source(), failure.reason());
    return false;
  }

  private void note(PoolElementParameter element, FailureSource source, String reason) {
    lastSource = source;
    lastReason = "element=" + element.elementId() + " " + source + ": " + reason;
    LOG.debug("pool={} {}", handle, lastReason);
  }
}
