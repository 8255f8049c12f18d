package io.rserpool.client.host;

import io.rserpool.engine.session.element.OnRefusal;
import java.io.IOException;
import java.time.Duration;

/// A service with a protocol of its own.
record Speaking(PayloadProtocol protocol, Service service) implements Service {

  @Override
  public String label() {
    return service.label();
  }

  @Override
  public double load(int sessions, int sessionsMax) {
    return service.load(sessions, sessionsMax);
  }

  @Override
  public boolean computes() {
    return service.computes();
  }

  @Override
  public OnRefusal onRefusedCookie() {
    return service.onRefusedCookie();
  }

  @Override
  public Duration farewellTime() {
    return service.farewellTime();
  }

  @Override
  public void serve(ServiceSession session) throws IOException {
    service.serve(session);
  }
}
