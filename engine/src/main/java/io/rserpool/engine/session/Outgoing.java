package io.rserpool.engine.session;

import io.rserpool.protocol.asap.AsapMessage;

/// What is to be written to a link next.
///
/// @param <P> the application's data
public sealed interface Outgoing<P extends Payload> {

  /// A message on the control channel: a cookie echo, a keep-alive, a business card.
  record Control<P extends Payload>(AsapMessage message) implements Outgoing<P> {}

  /// Data.
  record Data<P extends Payload>(P payload) implements Outgoing<P> {}

  /// The end of what is sent; the other direction stays open.
  record End<P extends Payload>() implements Outgoing<P> {}

  /// Nothing now.
  record Nothing<P extends Payload>() implements Outgoing<P> {}
}
