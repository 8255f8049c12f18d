package io.rserpool.engine.session.element;

import io.rserpool.engine.session.Payload;
import io.rserpool.engine.session.cookie.Opening;
import io.rserpool.protocol.asap.AsapMessage;

/// Something that an [ElementSession] wants done, in the order given.
///
/// @param <P> the data
public sealed interface ElementSessionEffect<P extends Payload> {

  /// The service hears data next.
  record DeliverData<P extends Payload>(P payload) implements ElementSessionEffect<P> {}

  /// The service hears the state next with which it goes on. It is the first thing that it hears.
  record DeliverCookie<P extends Payload>(Opening.Opened cookie)
      implements ElementSessionEffect<P> {}

  /// The service hears next that there was a cookie that is not to be used.
  record DeliverRefusal<P extends Payload>(Opening.Refused refusal)
      implements ElementSessionEffect<P> {}

  /// A message goes to the user on the control channel.
  record Answer<P extends Payload>(AsapMessage message) implements ElementSessionEffect<P> {}

  /// The session ends in order, after what was answered has reached the user; nothing follows.
  ///
  /// @param reason for people
  record End<P extends Payload>(String reason) implements ElementSessionEffect<P> {}

  /// Something for the log.
  record Tell<P extends Payload>(ElementSessionEvent event) implements ElementSessionEffect<P> {}
}
