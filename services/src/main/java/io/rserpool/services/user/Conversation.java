package io.rserpool.services.user;

import io.rserpool.client.Failover;
import io.rserpool.protocol.ElementId;
import java.time.Duration;

/// A session with a pool in whole messages. For one thread.
public interface Conversation extends AutoCloseable {

  /// What waiting may end with.
  sealed interface Heard {}

  /// A whole message with its header.
  record Message(byte[] bytes) implements Heard {}

  /// Nothing came in time.
  record Silence() implements Heard {}

  /// The element has failed; [#failover] goes on with another one.
  ///
  /// @param reason for people
  record Lost(String reason) implements Heard {}

  /// The element that serves.
  ElementId element();

  /// Sends a message. If the element has failed the message is dropped, and the next [#receive] says
  /// so.
  void send(byte[] message);

  /// Waits for what comes.
  Heard receive(Duration limit);

  /// Takes the element for failed; the next [#receive] says so.
  void fail(String reason);

  /// Goes on with another element, which has got the last cookie if there was one.
  ///
  /// @throws io.rserpool.client.SessionFailedException if there is none within the session's limits
  Failover failover();

  /// What was asked before is done, and its cookie is forgotten; as [PoolSession#beginRequest].
  void beginRequest();

  /// Whether there is a cookie to go on from.
  boolean hasCookie();

  @Override
  void close();
}
