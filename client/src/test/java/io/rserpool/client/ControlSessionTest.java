package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapHandleResolution;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sessions with a control channel: what is the same over every transport that has one.
@Timeout(30)
abstract class ControlSessionTest {

  static final PoolHandle POOL = PoolHandle.of("PingPongPool");
  private static final long PPID = 33;

  private final List<AutoCloseable> toClose = new ArrayList<>();
  final List<ControlServer> servers = new ArrayList<>();
  final List<PoolElement> elements = new ArrayList<>();
  final BlockingQueue<Failover> moves = new LinkedBlockingQueue<>();
  TestRegistrar registrar;
  PoolUser user;

  /// Starts a server over the transport in question.
  abstract ControlServer listen(int number, boolean sendsCookies);

  /// Calls servers over it.
  abstract Caller caller();

  /// Whether a message keeps its stream number.
  abstract boolean keepsStreams();

  TestRegistrar startRegistrar() {
    return TestRegistrar.start();
  }

  /// The scope of users and servers.
  Scope scope() {
    return registrar.scope();
  }

  @BeforeEach
  void start() {
    registrar = startRegistrar();
    user = PoolUser.open(scope());
  }

  @AfterEach
  void stop() throws Exception {
    user.close();
    for (AutoCloseable closeable : toClose.reversed()) {
      closeable.close();
    }
    registrar.close();
  }

  void serve(boolean sendsCookies) {
    serve(listen(servers.size() + 1, sendsCookies));
  }

  void serve(ControlServer server) {
    servers.add(server);
    toClose.add(server);
    PoolElement element = server.register(scope(), POOL);
    elements.add(element);
    toClose.add(element);
  }

  PoolSession connect() {
    return connect(options().build());
  }

  SessionOptions.Builder options() {
    return SessionFixture.options(FailoverMode.AUTOMATIC)
        .payloadProtocolId(PPID)
        .listener((_, move) -> moves.add(move));
  }

  PoolSession connect(SessionOptions options) {
    return user.connect(POOL, options, caller());
  }

  private static int indexOf(PoolSession session) {
    return session.element().elementId().value() - 1;
  }

  static String text(UserMessage message) {
    return new String(message.bytes(), StandardCharsets.US_ASCII);
  }

  static String ask(PoolSession session, String question) {
    SessionFixture.send(session, question);
    return text(session.receiveMessage().orElseThrow());
  }

  Failover awaitMove() throws InterruptedException {
    Failover move = moves.poll(20, TimeUnit.SECONDS);
    assertThat(move).isNotNull();
    return move;
  }

  @Test
  void eachSendIsOneMessageWithItsIdentifier() {
    serve(false);
    try (PoolSession session = connect()) {
      SessionFixture.send(session, "one");
      SessionFixture.send(session, "two");
      session.send(new UserMessage(new byte[] {'3'}, 7, 1));
      UserMessage first = session.receiveMessage().orElseThrow();
      assertThat(text(first)).isEqualTo("one");
      assertThat(first.payloadProtocolId()).isEqualTo(PPID);
      assertThat(text(session.receiveMessage().orElseThrow())).isEqualTo("two");
      UserMessage third = session.receiveMessage().orElseThrow();
      assertThat(third.payloadProtocolId()).isEqualTo(7);
      assertThat(third.stream()).isEqualTo(keepsStreams() ? 1 : 0);
      assertThat(session.sender()).isEqualTo(ElementId.of(1));
      assertThat(session.hasCookie()).isFalse();
      assertThatThrownBy(() -> session.send(new UserMessage(new byte[1], 11)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void messageThatNoTransportTakesIsRefusedAndStreamsCutWhatIsLong() throws Exception {
    serve(false);
    try (PoolSession session = connect()) {
      byte[] longest = new byte[Channel.MESSAGE_BYTES_MAX];
      assertThatThrownBy(() -> session.send(new byte[longest.length + 1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("262144");
      session.output().write(new byte[longest.length + 1]);
      assertThat(session.receiveMessage().orElseThrow().bytes()).hasSameSizeAs(longest);
      assertThat(session.receiveMessage().orElseThrow().bytes()).hasSize(1);
    }
  }

  @Test
  void bytesMayBeTakenOutOfMessagesAndWhatIsLeftIsTheNextMessage() {
    serve(false);
    try (PoolSession session = connect()) {
      SessionFixture.send(session, "abcdef");
      byte[] two = new byte[2];
      assertThat(session.receive(two)).isEqualTo(2);
      assertThat(two).containsExactly('a', 'b');
      UserMessage rest = session.receiveMessage().orElseThrow();
      assertThat(text(rest)).isEqualTo("cdef");
      assertThat(rest.payloadProtocolId()).isEqualTo(PPID);
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
      int old = indexOf(session);
      servers.get(old).kill();
      Failover move = awaitMove();
      assertThat(move.cookieEchoed()).isTrue();
      assertThat(move.source()).isEqualTo(FailureSource.RESET);
      assertThat(ask(session, "c")).isEqualTo("c");
      assertThat(servers.get(1 - old).received).containsExactly("echo of " + (old + 1) + "/2", "c");
    }
  }

  @Test
  void cookieIsGivenToTheNextElementButOneAsWell() throws Exception {
    serve(true);
    try (PoolSession session = connect()) {
      assertThat(ask(session, "a")).isEqualTo("a");
      serve(false);
      servers.get(0).kill();
      assertThat(awaitMove().cookieEchoed()).isTrue();
      assertThat(ask(session, "b")).isEqualTo("b");
      serve(false);
      servers.get(1).kill();
      assertThat(awaitMove().cookieEchoed()).isTrue();
      assertThat(ask(session, "c")).isEqualTo("c");
      assertThat(servers.get(2).received).containsExactly("echo of 1/1", "c");
    }
  }

  @Test
  void withoutCookieNothingIsEchoed() throws Exception {
    serve(true);
    try (PoolSession session = connect()) {
      serve(false);
      servers.get(0).kill();
      assertThat(awaitMove().cookieEchoed()).isFalse();
      assertThat(ask(session, "a")).isEqualTo("a");
      assertThat(servers.get(1).received).containsExactly("a");
    }
  }

  @Test
  void otherControlMessagesOfAnElementChangeNothing() {
    serve(true);
    servers.getFirst().oddities =
        List.of(
            new AsapBusinessCard(POOL, List.of(user.select(POOL))),
            new AsapCookieEcho(Octets.ofUtf8("whose?")),
            new AsapHandleResolution(POOL, false, 1),
            new AsapError(List.of(ErrorCause.of(CauseCode.UNSPECIFIED))));
    try (PoolSession session = connect()) {
      assertThat(ask(session, "odd")).isEqualTo("odd");
      assertThat(ask(session, "even")).isEqualTo("even");
      assertThat(servers.getFirst().received).containsExactly("odd", "even");
      assertThat(moves).isEmpty();
    }
  }

  @Test
  void silentElementIsLeftAtTheHeartbeatWhileNobodyWaits() throws Exception {
    serve(false);
    SessionOptions options =
        options()
            .heartbeatInterval(Duration.ofMillis(20))
            .heartbeatTimeout(Duration.ofMillis(500))
            .build();
    try (PoolSession session = connect(options)) {
      assertThat(ask(session, "a")).isEqualTo("a");
      servers.getFirst().keepAlives.acquire(3);
      assertThat(moves).isEmpty();
      serve(false);
      servers.getFirst().freeze();
      assertThat(awaitMove().source()).isEqualTo(FailureSource.HEARTBEAT);
      assertThat(ask(session, "b")).isEqualTo("b");
    }
  }

  @Test
  void cookiesAndCardsAreToldInTheirPlaceAmongTheData() {
    serve(true);
    AsapBusinessCard card = new AsapBusinessCard(POOL, List.of(user.select(POOL)));
    servers.getFirst().oddities = List.of(card);
    SessionOptions options =
        options().notices(Set.of(SessionNotice.NEW_COOKIE, SessionNotice.NEW_CARD)).build();
    try (PoolSession session = connect(options)) {
      assertThat(session.card()).isEmpty();
      SessionFixture.send(session, "odd");
      assertThat(session.next()).isEqualTo(new SessionEvent.NewCookie(ElementId.of(1), 3));
      assertThat(session.next()).isEqualTo(new SessionEvent.NewCard(ElementId.of(1)));
      SessionEvent.Data data = (SessionEvent.Data) session.next();
      assertThat(text(data.message())).isEqualTo("odd");
      assertThat(session.card()).contains(card);
    }
  }

  @Test
  void sessionGoesToTheElementThatTheCardNamesNext() throws Exception {
    for (int i = 0; i < 4; i++) {
      serve(true);
    }
    List<PoolElementParameter> elements = user.resolve(POOL).elements();
    SessionOptions options = options().preferred(ElementId.of(1)).build();
    servers.getFirst().oddities =
        List.of(new AsapBusinessCard(POOL, List.of(element(elements, 3), element(elements, 2))));
    try (PoolSession session = connect(options)) {
      assertThat(ask(session, "odd")).isEqualTo("odd");
      servers.getFirst().kill();
      assertThat(awaitMove().newElement().elementId()).isEqualTo(ElementId.of(3));
    }
  }

  @Test
  void sessionTowardsTheOwnerOfACardKeepsItsOrder() {
    for (int i = 0; i < 4; i++) {
      serve(false);
    }
    List<PoolElementParameter> elements = user.resolve(POOL).elements();
    AsapBusinessCard card =
        new AsapBusinessCard(POOL, List.of(element(elements, 3), element(elements, 2)));
    PoolSession.Start start = new PoolSession.Start(List.of(), List.of(card));
    for (int i = 0; i < 4; i++) {
      try (PoolSession session = user.connect(POOL, start, options().build(), caller())) {
        assertThat(session.element().elementId()).isEqualTo(ElementId.of(3));
      }
    }
    servers.get(2).kill();
    try (PoolSession session = user.connect(POOL, start, options().build(), caller())) {
      assertThat(session.element().elementId()).isEqualTo(ElementId.of(2));
    }
  }

  private static PoolElementParameter element(List<PoolElementParameter> elements, int id) {
    return elements.stream()
        .filter(one -> one.elementId().equals(ElementId.of(id)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyElementIsGivenTheUsersOwnCard() throws Exception {
    serve(false);
    PoolHandle ownPool = PoolHandle.of("OwnPool");
    SessionOptions options =
        options().businessCard(new AsapBusinessCard(ownPool, List.of(user.select(POOL)))).build();
    try (PoolSession session = connect(options)) {
      assertThat(ask(session, "a")).isEqualTo("a");
      serve(false);
      servers.get(0).kill();
      awaitMove();
      assertThat(ask(session, "b")).isEqualTo("b");
    }
    assertThat(servers.get(0).received).contains("card of OwnPool", "a");
    assertThat(servers.get(1).received).startsWith("card of OwnPool", "b");
  }

  @Test
  void listenerOfAMoveComesAfterTheCookieAndBeforeOtherData() throws Exception {
    serve(true);
    serve(true);
    SessionOptions options =
        options().listener((session, _) -> SessionFixture.send(session, "hello")).build();
    try (PoolSession session = connect(options)) {
      assertThat(ask(session, "a")).isEqualTo("a");
      int old = indexOf(session);
      servers.get(old).kill();
      assertThat(text(session.receiveMessage().orElseThrow())).isEqualTo("hello");
      assertThat(servers.get(1 - old).received)
          .containsExactly("echo of " + (old + 1) + "/1", "hello");
    }
  }

  @Test
  void endInOrderIsAFailureUnlessTheOptionsExpectIt() throws Exception {
    serve(false);
    try (PoolSession session = connect(options().endsOrderly(true).build())) {
      SessionFixture.send(session, "bye");
      assertThat(session.receiveMessage()).isEmpty();
    }
    try (PoolSession session = connect()) {
      SessionFixture.send(session, "bye");
      assertThat(awaitMove().source()).isEqualTo(FailureSource.CLOSED);
      assertThat(ask(session, "again")).isEqualTo("again");
    }
  }

  @Test
  void elementThatWasTakenOutButStillLetsUsersInIsLeft() throws Exception {
    serve(false);
    try (PoolSession session = connect()) {
      serve(false);
      elements.get(0).leave();
      assertThat(awaitMove().source()).isEqualTo(FailureSource.PUSHED_REMOVAL);
      assertThat(session.element().elementId()).isEqualTo(ElementId.of(2));
    }
  }

  @Test
  void closedSessionHasSentEverything() throws Exception {
    serve(false);
    try (PoolSession session = connect()) {
      SessionFixture.send(session, "hush");
    }
    assertThat(servers.get(0).received.poll(20, TimeUnit.SECONDS)).isEqualTo("hush");
    assertThat(servers.get(0).received.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
  }

  @Test
  void cookieOfARequestThatIsDoneIsNotGivenToTheNextElement() throws Exception {
    serve(true);
    serve(true);
    try (PoolSession session = connect()) {
      assertThat(ask(session, "a")).isEqualTo("a");
      assertThat(session.hasCookie()).isTrue();
      session.beginRequest();
      assertThat(session.hasCookie()).isFalse();
      // The server gives a cookie before it answers, which counts from the second answer on.
      assertThat(ask(session, "b")).isEqualTo("b");
      assertThat(session.hasCookie()).isFalse();
      assertThat(ask(session, "c")).isEqualTo("c");
      assertThat(session.hasCookie()).isTrue();
      session.beginRequest();
      int old = session.element().elementId().value();
      servers.get(old - 1).kill();
      assertThat(awaitMove().cookieEchoed()).isFalse();
      assertThat(ask(session, "d")).isEqualTo("d");
      assertThat(servers.get(2 - old).received).containsExactly("d");
    }
  }
}
