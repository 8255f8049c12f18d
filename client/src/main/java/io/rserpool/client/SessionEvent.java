package io.rserpool.client;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import java.util.List;

/// What [PoolSession#next] gives: data, and notices in their place among it. A notice of the old
/// element's failure comes after all data that it sent; [FailoverComplete] comes before any data of
/// the new one.
public sealed interface SessionEvent {

  /// A message, or a piece of a byte stream.
  ///
  /// @param message what came
  /// @param sender the element that sent it
  record Data(UserMessage message, ElementId sender) implements SessionEvent {}

  /// The element has failed, and the session waits for [PoolSession#failover] (mode
  /// [FailoverMode#MANUAL]); until then every other call throws [SessionFailedException]. Told if
  /// [SessionNotice#FAILOVER_NECESSARY] was asked for.
  ///
  /// @param source what told of the failure
  /// @param reason the same in words, for people
  /// @param hasCookie whether there is a cookie for the next element
  record FailoverNecessary(FailureSource source, String reason, boolean hasCookie)
      implements SessionEvent {}

  /// The session is on another element. Told if [SessionNotice#FAILOVER_COMPLETE] was asked for.
  ///
  /// @param move what happened
  record FailoverComplete(Failover move) implements SessionEvent {}

  /// An element has left a newer cookie with the session (RFC 5352 section 3.8). Told if
  /// [SessionNotice#NEW_COOKIE] was asked for.
  ///
  /// @param sender the element
  /// @param size of the cookie, in bytes
  record NewCookie(ElementId sender, int size) implements SessionEvent {}

  /// An element has told in which order its users should fail over (RFC 5352 section 3.9);
  /// [PoolSession#card] gives the card. Told if [SessionNotice#NEW_CARD] was asked for.
  ///
  /// @param sender the element
  record NewCard(ElementId sender) implements SessionEvent {}

  /// The registrar has told another state of the session's pool. Told if
  /// [SessionNotice#POOL_CHANGED] was asked for.
  ///
  /// @param elements the pool's elements, none if it is empty
  record PoolChanged(List<PoolElementParameter> elements) implements SessionEvent {
    /// Keeps a copy of the list.
    public PoolChanged {
      elements = List.copyOf(elements);
    }
  }

  /// A message that was sent with [io.rserpool.engine.session.SendOption#NO_FAILOVER] was not
  /// handed over as a whole before its element failed (RFC 5352 sections 6.5.5 and 6.7). Told if
  /// [SessionNotice#UNSENT] was asked for.
  ///
  /// @param message as it was sent
  /// @param source what told of the failure
  /// @param reason the same in words, for people
  record Unsent(UserMessage message, FailureSource source, String reason) implements SessionEvent {}

  /// The element has ended the session in order (SHUTDOWN_EVENT); comes for ever then. Always told.
  record Ended() implements SessionEvent {}
}
