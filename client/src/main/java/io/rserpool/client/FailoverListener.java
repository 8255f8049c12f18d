package io.rserpool.client;

/// Told when a session has moved to another element.
@FunctionalInterface
public interface FailoverListener {

  /// The session is connected to its new element, and nobody has used the new connection yet: what
  /// the listener sends here (a login, the position to go on from) reaches the new element before
  /// anything else, and what it receives here comes from the new element. Calls of other threads
  /// wait meanwhile.
  ///
  /// What the old element had sent and nobody has read stays readable before what the new one
  /// sends; [PoolSession#discardReceived] drops it, for protocols in which a half answer is worth
  /// nothing.
  ///
  /// Called once for each move, on a virtual thread of the session that may block. If the new
  /// element fails while the listener talks to it, the calls here throw [SessionFailedException];
  /// let it pass, and the next element is tried. Any other exception is a mistake of the listener
  /// and ends the session.
  ///
  /// @param session the session that moved
  /// @param failover what happened
  void movedOver(PoolSession session, Failover failover);
}
