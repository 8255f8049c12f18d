package io.rserpool.client.host;

import io.rserpool.client.channel.UserMessage;
import java.io.IOException;
import java.time.Duration;

/// One user's conversation with a service, over any transport. For the thread that serves it.
///
/// A user that takes nothing for the host's send time-out loses its session.
public interface ServiceSession {

  /// Waits for the user. One that is silent for the host's idle time-out loses its session.
  ///
  /// @throws ViolationException if the service speaks in messages and
  ///     the bytes that came are none
  SessionInput receive() throws IOException;

  /// As [#receive()], for at most so long; then [SessionInput.Silence].
  SessionInput receive(Duration limit) throws IOException;

  /// Sends a message with the service's payload protocol identifier.
  void send(byte[] message) throws IOException;

  /// Sends a message with an identifier and stream of its own, where the transport has such.
  void send(UserMessage message) throws IOException;

  /// Hands the user a cookie: what another element needs to go on with this session (RFC 5352
  /// section 3.8). Nothing happens where there is no control channel.
  void sendCookie(byte[] cookie) throws IOException;

  /// Whether users keep cookies for this session.
  boolean hasControl();

  /// Who the user is, for people.
  String peer();

  /// Tells the host that [Service#load] may have changed; the host looks at the beginning and the end
  /// of sessions by itself.
  void loadChanged();

  /// Whether the session was ended, by the user's fault or with the host; long work that neither
  /// receives nor sends looks here now and then, and so does a service that has last words for its
  /// users, see [Service#farewellTime].
  boolean isEnding();
}
