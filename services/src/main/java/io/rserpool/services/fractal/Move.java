package io.rserpool.services.fractal;

import io.rserpool.client.Failover;

/// A session's move to another element, with what came of it.
///
/// @param session counted from 0
/// @param firstResultNs when the first bytes of a result came from the new element, by
///     [System#nanoTime]
public record Move(int session, Failover failover, long firstResultNs) {}
