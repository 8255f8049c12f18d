package io.rserpool.engine.session;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;

/// Something that a session engine wants done. Each question is answered by one call with the same
/// turn; answers to an older turn are ignored by the engine.
public sealed interface SessionEffect {

  /// Have one element chosen by the pool's policy; answered by [UserSession#chosen] or
  /// [UserSession#noChoice].
  ///
  /// @param preferred this one if it is in the pool, or [ElementId#NONE]
  record Choose(long turn, PoolHandle handle, ElementId preferred) implements SessionEffect {}

  /// List the pool's elements; answered by [UserSession#listed] or [UserSession#noChoice].
  ///
  /// @param items how many are wanted
  /// @param isFresh whether the registrar is to be asked, whatever the cache holds
  record Enumerate(long turn, PoolHandle handle, int items, boolean isFresh)
      implements SessionEffect {}

  /// Call an element; [UserSession#linkUp] or [UserSession#linkDown] follows.
  ///
  /// @param limitNs how long that may take; the transport says CONNECT_TIMEOUT then
  record Call(LinkId link, PoolElementParameter element, long limitNs) implements SessionEffect {}

  /// Look whether an element that the pool is without still lets users in, by calling and leaving
  /// at once; answered by [UserSession#probed].
  ///
  /// @param limitNs how long that may take
  record Probe(long turn, PoolElementParameter element, long limitNs) implements SessionEffect {}

  /// End a link in order, after everything sent on it has been delivered; nothing follows.
  record Close(LinkId link) implements SessionEffect {}

  /// Break a link at once; nothing follows.
  ///
  /// @param reason for people
  record Abort(LinkId link, String reason) implements SessionEffect {}

  /// Tell the registrars that an element could not be reached (RFC 5352 section 3.5).
  record Report(PoolHandle handle, ElementId element) implements SessionEffect {}

  /// The session is on another element, and only the application's greeting may use the link yet:
  /// what it sends goes first. Ended by [UserSession#greeted].
  record Greet(SessionMove move) implements SessionEffect {}

  /// Something for the log.
  record Tell(SessionEvent event) implements SessionEffect {}
}
