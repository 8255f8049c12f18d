package io.rserpool.engine.session;

import io.rserpool.protocol.PoolElementParameter;

/// A session is on another element.
///
/// @param why why it left the old one
/// @param movedNs when the new link was up, in the engine's time
/// @param attempt how many elements were tried, the new one included
/// @param cookieEchoed whether the new element is given the newest cookie, before anything else
public record SessionMove(
    PoolElementParameter oldElement,
    PoolElementParameter newElement,
    Loss why,
    long movedNs,
    int attempt,
    boolean cookieEchoed) {}
