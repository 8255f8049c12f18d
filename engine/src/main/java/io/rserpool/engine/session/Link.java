package io.rserpool.engine.session;

import io.rserpool.protocol.PoolElementParameter;

/// A session's link to one element, from the moment when it is up.
final class Link {

  final LinkId id;
  final PoolElementParameter element;
  final boolean hasControl;
  final long upNs;

  /// It has failed, or was ended.
  boolean isLost;

  /// The element has ended its stream in order; the other direction may still be in use.
  boolean hasEnded;

  /// It is up, but nothing goes over it yet: what became of the last thing written to the former link
  /// is not known.
  boolean isHeld;

  Link(LinkId id, PoolElementParameter element, boolean hasControl, long upNs) {
    this.id = id;
    this.element = element;
    this.hasControl = hasControl;
    this.upNs = upNs;
  }
}
