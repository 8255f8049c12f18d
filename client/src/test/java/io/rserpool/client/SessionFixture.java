package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// A registrar, a pool user, and echo servers 1, 2, ... in one pool.
@Timeout(30)
abstract class SessionFixture {

  static final PoolHandle POOL = PoolHandle.of("EchoPool");

  private final List<AutoCloseable> toClose = new ArrayList<>();
  final List<TestServer> servers = new ArrayList<>();
  final List<PoolElement> elements = new ArrayList<>();
  TestRegistrar registrar;
  PoolUser user;

  @BeforeEach
  void start() {
    registrar = TestRegistrar.start();
    user = PoolUser.open(registrar.scope());
  }

  @AfterEach
  void stop() throws Exception {
    user.close();
    for (AutoCloseable closeable : toClose.reversed()) {
      closeable.close();
    }
    registrar.close();
  }

  /// Starts the next server and registers it.
  TestServer serve() {
    TestServer server = new TestServer();
    toClose.add(server);
    servers.add(server);
    PoolElement element = server.register(registrar, POOL, servers.size());
    toClose.add(element);
    elements.add(element);
    return server;
  }

  /// The server that a session is with.
  TestServer serverOf(PoolSession session) {
    return servers.get(session.element().elementId().value() - 1);
  }

  static SessionOptions.Builder options(FailoverMode mode) {
    return SessionOptions.builder().mode(mode).failoverTimeout(Duration.ofSeconds(10));
  }

  static void send(PoolSession session, String text) {
    session.send(text.getBytes(StandardCharsets.US_ASCII));
  }

  /// Receives exactly so many bytes, all of one element.
  static String receive(PoolSession session, int count) {
    StringBuilder text = new StringBuilder();
    ElementId sender = ElementId.NONE;
    while (text.length() < count) {
      byte[] buffer = new byte[count - text.length()];
      int n = session.receive(buffer);
      assertThat(n).isPositive();
      assertThat(sender.isNone() || sender.equals(session.sender())).isTrue();
      sender = session.sender();
      text.append(new String(buffer, 0, n, StandardCharsets.US_ASCII));
    }
    return text.toString();
  }

  static String ask(PoolSession session, String text) {
    send(session, text);
    return receive(session, text.length());
  }
}
