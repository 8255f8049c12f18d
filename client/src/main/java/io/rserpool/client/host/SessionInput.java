package io.rserpool.client.host;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.cookie.Refusal;

/// What a user may send.
public sealed interface SessionInput {

  /// Data: a whole message of a service that speaks in messages, else any piece of a stream.
  ///
  /// @param message what is sent
  record Data(UserMessage message) implements SessionInput {}

  /// The cookie that a former element of the session gave to the user, as that element's service
  /// made it. It comes before any data, and once in a session.
  ///
  /// @param cookie the cookie
  record CookieEcho(byte[] cookie) implements SessionInput {}

  /// The user has shown a cookie that is not to be used: it believes that the session goes on here.
  /// Only for services that want to decide by themselves, see [Service#onRefusedCookie].
  ///
  /// @param reason why
  /// @param text the same for people; never anything secret
  record CookieRefused(Refusal reason, String text) implements SessionInput {}

  /// Nothing came in time.
  enum Silence implements SessionInput {
    /// The only one.
    SILENCE
  }

  /// The user sends no more.
  enum End implements SessionInput {
    /// The only one.
    END
  }
}
