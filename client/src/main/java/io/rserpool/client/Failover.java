package io.rserpool.client;

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
    boolean cookieEchoed) {}
