package io.rserpool.client.host;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.asap.AsapBusinessCard;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// One user's conversation with a service, over any transport. For the thread that serves it.
///
/// A user that takes nothing for the host's send time-out loses its session.
public interface ServiceSession {

  /// Waits for the user. One that is silent for the host's idle time-out loses its session.
  ///
  /// @return what came, or that nothing did
  /// @throws ViolationException if the service speaks in messages and
  ///     the bytes that came are none
  SessionInput receive() throws IOException;

  /// As [#receive()], for at most so long; then [SessionInput.Silence].
  ///
  /// @param limit how long to wait at most
  /// @return what came, or that nothing did
  /// @throws IOException if that fails: the conversation is broken then, or never began
  SessionInput receive(Duration limit) throws IOException;

  /// Sends a message with the service's payload protocol identifier.
  ///
  /// @param message what is sent
  /// @throws IOException if that fails: the conversation is broken then, or never began
  void send(byte[] message) throws IOException;

  /// Sends a message with an identifier and stream of its own, where the transport has such.
  ///
  /// @param message what is sent
  /// @throws IOException if that fails: the conversation is broken then, or never began
  void send(UserMessage message) throws IOException;

  /// Hands the user a cookie: what another element needs to go on with this session (RFC 5352
  /// section 3.8). The host seals it, see [Cookies]; sealed and packed it has to fit into a message
  /// of 65,535 bytes. Nothing happens where there is no control channel.
  ///
  /// @param cookie the cookie
  /// @throws IllegalStateException if the host was not told how cookies travel
  /// @throws IllegalArgumentException if it is empty or too long
  /// @throws IOException if that fails: the conversation is broken then, or never began
  void sendCookie(byte[] cookie) throws IOException;

  /// {@return whether users keep cookies for this session}
  boolean hasControl();

  /// {@return the newest business card of a user that is a pool element as well: its own pool, and
  /// in which order to turn to others there if it fails (RFC 5352 section 3.9)} Empty if it has
  /// shown none.
  Optional<AsapBusinessCard> businessCard();

  /// {@return who the user is, for people}
  String peer();

  /// {@return who the user is, as its certificate proves; anonymous if it has shown none, or sessions are
  /// not secured} What he may do is the service's business.
  PeerIdentity user();

  /// Tells the host that [Service#load] may have changed; the host looks at the beginning and the
  /// end of sessions by itself.
  void loadChanged();

  /// {@return whether the session was ended, by the user's fault or with the host, or the user is
  /// gone; long work that neither receives nor sends looks here now and then, and so does a service
  /// that has last words for its users, see [Service#farewellTime]}
  boolean isEnding();
}
