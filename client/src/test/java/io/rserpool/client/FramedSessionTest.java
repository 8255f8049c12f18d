package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sessions over TCP with a control channel.
@Timeout(30)
final class FramedSessionTest {

  private static final PoolHandle POOL = PoolHandle.of("PingPongPool");
  private static final long PPID = 33;

  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final List<FramedServer> servers = new ArrayList<>();
  private final List<PoolElement> elements = new ArrayList<>();
  private final BlockingQueue<Failover> moves = new LinkedBlockingQueue<>();
  private TestRegistrar registrar;
  private PoolUser user;

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

  private FramedServer serve(boolean accepts) {
    FramedServer server = new FramedServer(servers.size() + 1, accepts);
    toClose.add(server);
    servers.add(server);
    PoolElement element = server.register(registrar.scope(), POOL);
    elements.add(element);
    toClose.add(element);
    return server;
  }

  private SessionOptions.Builder options() {
    return SessionFixture.options(FailoverMode.AUTOMATIC)
        .payloadProtocolId(PPID)
        .listener((_, move) -> moves.add(move));
  }

  private PoolSession connect() {
    return user.connect(POOL, options().build());
  }

  private static String text(UserMessage message) {
    return new String(message.bytes(), StandardCharsets.US_ASCII);
  }

  private static String ask(PoolSession session, String question) {
    SessionFixture.send(session, question);
    return text(session.receiveMessage().orElseThrow());
  }

  private Failover awaitMove() throws InterruptedException {
    Failover move = moves.poll(20, TimeUnit.SECONDS);
    assertThat(move).isNotNull();
    return move;
  }

  @Test
  void eachSendIsOneMessageWithItsIdentifier() {
    serve(true);
    try (PoolSession session = connect()) {
      SessionFixture.send(session, "one");
      session.send(new UserMessage(new byte[] {'2'}, 7, 3));
      UserMessage first = session.receiveMessage().orElseThrow();
      assertThat(text(first)).isEqualTo("one");
      assertThat(first.payloadProtocolId()).isEqualTo(PPID);
      UserMessage second = session.receiveMessage().orElseThrow();
      assertThat(text(second)).isEqualTo("2");
      assertThat(second.payloadProtocolId()).isEqualTo(7);
      assertThat(second.stream()).isZero();
    }
  }

  @Test
  void newestCookieIsTheFirstThingThatTheNextElementHears() throws Exception {
    serve(true);
    serve(true);
    try (PoolSession session = connect()) {
      assertThat(ask(session, "a")).isEqualTo("a");
      assertThat(ask(session, "b")).isEqualTo("b");
      assertThat(session.hasCookie()).isTrue();
      int old = session.element().elementId().value();
      servers.get(old - 1).kill();
      assertThat(awaitMove().cookieEchoed()).isTrue();
      assertThat(ask(session, "c")).isEqualTo("c");
      assertThat(servers.get(2 - old).received).containsExactly("echo of " + old + "/2", "c");
    }
  }

  @Test
  void elementWhoseSystemAcceptsButWhichIsFrozenIsPassedOver() {
    serve(false);
    serve(true);
    SessionOptions quick =
        options().connectTimeout(Duration.ofMillis(300)).preferred(ElementId.of(1)).build();
    try (PoolSession session = user.connect(POOL, quick)) {
      assertThat(session.element().elementId()).isEqualTo(ElementId.of(2));
      assertThat(ask(session, "a")).isEqualTo("a");
    }
  }

  @Test
  void elementThatLeavesInOrderServesItsUserToTheEnd() {
    serve(true);
    try (PoolSession session = connect()) {
      assertThat(ask(session, "before")).isEqualTo("before");
      serve(true);
      servers.getFirst().stopListening();
      elements.getFirst().leave();
      for (int i = 0; i < 100; i++) {
        assertThat(ask(session, "after")).isEqualTo("after");
      }
      assertThat(moves).isEmpty();
    }
  }

  @Test
  void endOfOutputStillLetsTheAnswersCome() throws Exception {
    FramedServer server = serve(true);
    try (PoolSession session = connect()) {
      SessionFixture.send(session, "last");
      session.endOutput();
      assertThat(text(session.receiveMessage().orElseThrow())).isEqualTo("last");
      assertThat(session.receiveMessage()).isEmpty();
    }
    assertThat(server.received.poll(20, TimeUnit.SECONDS)).isEqualTo("last");
    assertThat(server.received.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
  }

  @Test
  void controlChannelIsKnownToTheUserAndTheSameForAllElementsOfThePool() {
    serve(true);
    List<PoolElementParameter> known = user.resolve(POOL).elements();
    assertThat(known).hasSize(1);
    assertThat(known.getFirst().userTransport().kind()).isEqualTo(TransportAddress.Kind.TCP);
    assertThat(known.getFirst().userTransport().use()).isEqualTo(TransportUse.DATA_PLUS_CONTROL);
    assertThatThrownBy(() -> PoolElement.register(registrar.scope(), Registration.of(POOL, 5_000)))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e ->
                assertThat(e.causes())
                    .extracting(ErrorCause::cause)
                    .containsExactly(CauseCode.INCONSISTENT_TRANSPORT_USE));
  }
}
