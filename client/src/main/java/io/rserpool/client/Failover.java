package io.rserpool.client;

import io.rserpool.engine.session.Loss;
import io.rserpool.engine.session.SessionMove;
import io.rserpool.protocol.PoolElementParameter;
import java.time.Duration;

/// A move of a session from one element to another.
///
/// @param oldElement the element that failed
/// @param newElement the element that serves from now on
/// @param source what told of the failure
/// @param reason the same in words, for people
/// @param noticedNs when the failure was noticed, by [System#nanoTime]
/// @param duration from noticing to the new connection
/// @param attempt how many elements were tried, the new one included: 1 if the first one answered
/// @param cookieEchoed whether the new element was given the old one's last cookie, before anything
///     else (RFC 5352 section 3.8)
public record Failover(
    PoolElementParameter oldElement,
    PoolElementParameter newElement,
    FailureSource source,
    String reason,
    long noticedNs,
    Duration duration,
    int attempt,
    boolean cookieEchoed) {

  /// The first element of a session that was opened without one.
  static Failover first(PoolElementParameter element, Loss why) {
    return of(new SessionMove(element, element, why, SessionClock.nowNs(), 1, false));
  }

  static Failover of(SessionMove move) {
    return new Failover(
        move.oldElement(),
        move.newElement(),
        Failure.sourceOf(move.why().source()),
        move.why().reason(),
        SessionClock.nanoTimeOf(move.why().noticedNs()),
        Duration.ofNanos(move.movedNs() - move.why().noticedNs()),
        move.attempt(),
        move.cookieEchoed());
  }
}
