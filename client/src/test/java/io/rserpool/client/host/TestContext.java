package io.rserpool.client.host;

import io.rserpool.engine.session.element.ElementSessionEvent;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// What sessions share that have no host.
final class TestContext {

  static final PoolHandle POOL = PoolHandle.of("TestPool");
  static final ElementId ELEMENT = new ElementId(0x11);

  private TestContext() {}

  static HostContext of(Service service, Cookies cookies, Duration idleTimeout) {
    return of(service, cookies, idleTimeout, _ -> {});
  }

  static HostContext of(
      Service service,
      Cookies cookies,
      Duration idleTimeout,
      Consumer<ElementSessionEvent> events) {
    return new HostContext(
        service,
        POOL,
        () -> ELEMENT,
        Optional::empty,
        CookieDesk.of(cookies, Profile.STANDARD, POOL),
        idleTimeout,
        true,
        () -> {},
        events);
  }
}
