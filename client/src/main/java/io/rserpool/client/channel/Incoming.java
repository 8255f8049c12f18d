package io.rserpool.client.channel;

import io.rserpool.protocol.asap.AsapMessage;

/// What waiting for a channel may end with.
public sealed interface Incoming
    permits UserMessage, Incoming.Control, Incoming.Silence, Incoming.End {

  /// A message on the control channel: a cookie, a cookie echo, a business card.
  ///
  /// @param message what is sent
  record Control(AsapMessage message) implements Incoming {

    /// Its kind only: a cookie may hold secrets of a service.
    @Override
    public String toString() {
      return "Control[" + message.type() + "]";
    }
  }

  /// Nothing came in time.
  enum Silence implements Incoming {
    /// The only one.
    SILENCE
  }

  /// The peer has ended the conversation in order.
  enum End implements Incoming {
    /// The only one.
    END
  }
}
