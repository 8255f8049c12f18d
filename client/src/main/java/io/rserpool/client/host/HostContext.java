package io.rserpool.client.host;

import io.rserpool.engine.session.element.ElementSessionEvent;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapBusinessCard;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the sessions of one host share.
///
/// @param elementId the element, or [ElementId#NONE] while no registrar has confirmed it
/// @param ownCard the business card that users are given first, if they are given one
/// @param endsOneWay whether the transport can end one direction of a conversation
/// @param onLoadChange told when the load may have changed
/// @param events takes what sessions tell
record HostContext(
    Service service,
    PoolHandle handle,
    Supplier<ElementId> elementId,
    Supplier<Optional<AsapBusinessCard>> ownCard,
    CookieDesk cookies,
    Duration idleTimeout,
    boolean endsOneWay,
    Runnable onLoadChange,
    Consumer<ElementSessionEvent> events) {

  void tell(ElementSessionEvent event) {
    events.accept(event);
  }
}
