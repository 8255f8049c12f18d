package io.rserpool.engine.session;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import java.util.List;

/// What the application hears of its session, in this order (`procedures` of RFC 5351 section 4 and
/// of the API draft): [Moved] before any data of the new element; [FailoverNecessary], [Ended] and
/// [Over] after all data that came before. Which notices an application wants is a setting; data,
/// `Ended` and `Over` always come.
///
/// @param <P> the application's data
public sealed interface SessionNews<P extends Payload> {

  /// Data.
  record Data<P extends Payload>(P payload, ElementId sender) implements SessionNews<P> {}

  /// The element is lost, and the application has to call [UserSession#failover] (mode MANUAL).
  record FailoverNecessary<P extends Payload>(Loss loss, boolean hasCookie)
      implements SessionNews<P> {}

  /// The session is on another element (FAILOVER_COMPLETE).
  record Moved<P extends Payload>(SessionMove move) implements SessionNews<P> {}

  /// The element has given the session a newer cookie.
  record NewCookie<P extends Payload>(ElementId sender, int size) implements SessionNews<P> {}

  /// The element told in which order its users should fail over (RFC 5352 section 3.9).
  record NewCard<P extends Payload>(ElementId sender) implements SessionNews<P> {}

  /// The registrar told another state of the pool.
  record PoolChanged<P extends Payload>(List<PoolElementParameter> elements)
      implements SessionNews<P> {
    public PoolChanged {
      elements = List.copyOf(elements);
    }
  }

  /// A message with [SendOption#NO_FAILOVER] that no element was given as a whole.
  record Unsent<P extends Payload>(P payload, Loss loss) implements SessionNews<P> {}

  /// The element ended the session in order (SHUTDOWN_EVENT).
  record Ended<P extends Payload>() implements SessionNews<P> {}

  /// The session is over for good: by its mode, or since its limits were reached.
  record Over<P extends Payload>(Loss loss) implements SessionNews<P> {}
}
