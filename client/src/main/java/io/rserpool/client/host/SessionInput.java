package io.rserpool.client.host;

import io.rserpool.client.channel.UserMessage;

/// What a user may send.
public sealed interface SessionInput {

  /// Data: a whole message of a service that speaks in messages, else any piece of a stream.
  record Data(UserMessage message) implements SessionInput {}

  /// The cookie that the session's former element gave to the user. It comes before any data.
  record CookieEcho(byte[] cookie) implements SessionInput {}

  /// Nothing came in time.
  enum Silence implements SessionInput {
    SILENCE
  }

  /// The user sends no more.
  enum End implements SessionInput {
    END
  }
}
