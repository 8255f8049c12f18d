package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.ToySctp;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
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

@Timeout(30)
final class SctpSessionTest {

  private static final PoolHandle POOL = PoolHandle.of("PingPongPool");
  private static final long PPID = 33;

  private final ToySctp stack = new ToySctp();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final List<SctpServer> servers = new ArrayList<>();
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
    stack.close();
  }

  private void serve(boolean sendsCookies, TransportUse use) {
    SctpServer server = new SctpServer(stack, servers.size() + 1, sendsCookies);
    servers.add(server);
    toClose.add(server);
    PoolElement element = server.register(registrar.scope(), POOL, use);
    elements.add(element);
    toClose.add(element);
  }

  private PoolSession connect() {
    return connect(options().build());
  }

  private SessionOptions.Builder options() {
    return SessionFixture.options(FailoverMode.AUTOMATIC)
        .payloadProtocolId(PPID)
        .listener((_, move) -> moves.add(move));
  }

  private PoolSession connect(SessionOptions options) {
    return user.connect(POOL, options, stack::call);
  }

  private static int indexOf(PoolSession session) {
    return session.element().elementId().value() - 1;
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
  void eachSendIsOneMessageWithTheIdentifierOfTheOptions() {
    serve(false, TransportUse.DATA_PLUS_CONTROL);
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
      assertThat(third.stream()).isEqualTo(1);
      assertThat(session.sender()).isEqualTo(ElementId.of(1));
      assertThat(session.hasCookie()).isFalse();
      assertThatThrownBy(() -> session.send(new UserMessage(new byte[1], 11)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void messageThatNoTransportTakesIsRefusedAndStreamsCutWhatIsLong() throws Exception {
    serve(false, TransportUse.DATA_PLUS_CONTROL);
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
    serve(false, TransportUse.DATA_PLUS_CONTROL);
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
    serve(true, TransportUse.DATA_PLUS_CONTROL);
    serve(true, TransportUse.DATA_PLUS_CONTROL);
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
    serve(true, TransportUse.DATA_PLUS_CONTROL);
    try (PoolSession session = connect()) {
      assertThat(ask(session, "a")).isEqualTo("a");
      serve(false, TransportUse.DATA_PLUS_CONTROL);
      servers.get(0).kill();
      assertThat(awaitMove().cookieEchoed()).isTrue();
      assertThat(ask(session, "b")).isEqualTo("b");
      serve(false, TransportUse.DATA_PLUS_CONTROL);
      servers.get(1).kill();
      assertThat(awaitMove().cookieEchoed()).isTrue();
      assertThat(ask(session, "c")).isEqualTo("c");
      assertThat(servers.get(2).received).containsExactly("echo of 1/1", "c");
    }
  }

  @Test
  void withoutCookieOrControlChannelNothingIsEchoed() throws Exception {
    serve(true, TransportUse.DATA_PLUS_CONTROL);
    try (PoolSession session = connect()) {
      serve(false, TransportUse.DATA_PLUS_CONTROL);
      servers.get(0).kill();
      assertThat(awaitMove().cookieEchoed()).isFalse();
      assertThat(ask(session, "a")).isEqualTo("a");
      assertThat(servers.get(1).received).containsExactly("a");
    }
  }

  @Test
  void otherControlMessagesOfAnElementChangeNothing() {
    serve(true, TransportUse.DATA_PLUS_CONTROL);
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
    serve(false, TransportUse.DATA_PLUS_CONTROL);
    SessionOptions options =
        options()
            .heartbeatInterval(Duration.ofMillis(20))
            .heartbeatTimeout(Duration.ofMillis(500))
            .build();
    try (PoolSession session = connect(options)) {
      assertThat(ask(session, "a")).isEqualTo("a");
      servers.getFirst().keepAlives.acquire(3);
      assertThat(moves).isEmpty();
      serve(false, TransportUse.DATA_PLUS_CONTROL);
      servers.getFirst().freeze();
      assertThat(awaitMove().source()).isEqualTo(FailureSource.HEARTBEAT);
      assertThat(ask(session, "b")).isEqualTo("b");
    }
  }

  @Test
  void cookiesAndCardsAreToldInTheirPlaceAmongTheData() {
    serve(true, TransportUse.DATA_PLUS_CONTROL);
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
      serve(true, TransportUse.DATA_PLUS_CONTROL);
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
      serve(false, TransportUse.DATA_PLUS_CONTROL);
    }
    List<PoolElementParameter> elements = user.resolve(POOL).elements();
    AsapBusinessCard card =
        new AsapBusinessCard(POOL, List.of(element(elements, 3), element(elements, 2)));
    PoolSession.Start start = new PoolSession.Start(List.of(), List.of(card));
    for (int i = 0; i < 4; i++) {
      try (PoolSession session = user.connect(POOL, start, options().build(), stack::call)) {
        assertThat(session.element().elementId()).isEqualTo(ElementId.of(3));
      }
    }
    servers.get(2).kill();
    try (PoolSession session = user.connect(POOL, start, options().build(), stack::call)) {
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
    serve(false, TransportUse.DATA_PLUS_CONTROL);
    PoolHandle ownPool = PoolHandle.of("OwnPool");
    SessionOptions options =
        options().businessCard(new AsapBusinessCard(ownPool, List.of(user.select(POOL)))).build();
    try (PoolSession session = connect(options)) {
      assertThat(ask(session, "a")).isEqualTo("a");
      serve(false, TransportUse.DATA_PLUS_CONTROL);
      servers.get(0).kill();
      awaitMove();
      assertThat(ask(session, "b")).isEqualTo("b");
    }
    assertThat(servers.get(0).received).contains("card of OwnPool", "a");
    assertThat(servers.get(1).received).startsWith("card of OwnPool", "b");
  }

  @Test
  void unorderedMessagesGoUnordered() {
    serve(false, TransportUse.DATA_PLUS_CONTROL);
    try (PoolSession session = connect()) {
      session.send(new UserMessage(new byte[] {'u'}, 7, 1, true));
      UserMessage back = session.receiveMessage().orElseThrow();
      assertThat(text(back)).isEqualTo("u");
      assertThat(back.isUnordered()).isFalse();
      assertThat(stack.unordered()).isEqualTo(1);
    }
  }

  @Test
  void listenerOfAMoveComesAfterTheCookieAndBeforeOtherData() throws Exception {
    serve(true, TransportUse.DATA_PLUS_CONTROL);
    serve(true, TransportUse.DATA_PLUS_CONTROL);
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
    serve(false, TransportUse.DATA_PLUS_CONTROL);
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
  void elementThatLeavesInOrderServesItsUserToTheEnd() {
    serve(false, TransportUse.DATA_PLUS_CONTROL);
    try (PoolSession session = connect()) {
      assertThat(ask(session, "before")).isEqualTo("before");
      serve(false, TransportUse.DATA_PLUS_CONTROL);
      servers.get(0).stopListening();
      elements.get(0).leave();
      // The session looks after its element when the registrar tells of its leave, and has done so
      // when it has called it a second time.
      while (stack.calls().size() < 2 && !Thread.interrupted()) {
        Thread.onSpinWait();
      }
      assertThat(ask(session, "after")).isEqualTo("after");
      assertThat(moves).isEmpty();
      assertThat(servers.get(0).received).containsExactly("before", "after");
    }
  }

  @Test
  void elementThatWasTakenOutButStillLetsUsersInIsLeft() throws Exception {
    serve(false, TransportUse.DATA_PLUS_CONTROL);
    try (PoolSession session = connect()) {
      serve(false, TransportUse.DATA_PLUS_CONTROL);
      elements.get(0).leave();
      assertThat(awaitMove().source()).isEqualTo(FailureSource.PUSHED_REMOVAL);
      assertThat(session.element().elementId()).isEqualTo(ElementId.of(2));
    }
  }

  @Test
  void closedSessionHasSentEverythingAndGivesItsPortBack() throws Exception {
    serve(false, TransportUse.DATA_PLUS_CONTROL);
    try (PoolSession session = connect()) {
      SessionFixture.send(session, "hush");
    }
    assertThat(stack.openPorts()).isEqualTo(1);
    assertThat(servers.get(0).received.poll(20, TimeUnit.SECONDS)).isEqualTo("hush");
    assertThat(servers.get(0).received.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
  }

  @Test
  void serviceListensEverywhereOverSctpUnlessItsRegistrarIsHere() {
    assertThat(registrar.scope().serviceAddresses(TransportAddress.Kind.SCTP))
        .allMatch(IpAddress::isLoopback)
        .hasSize(1);
    assertThat(registrar.scope().serviceAddresses(TransportAddress.Kind.TCP)).hasSize(1);
  }

  @Test
  void poolHandleThatRsplibDoesNotSurviveIsRefusedOnlyBesideRsplib() {
    Scope scope = registrar.scope().withProfile(Profile.RSPLIB);
    PoolHandle fitting = PoolHandle.of("x".repeat(32));
    PoolHandle handle = PoolHandle.of("x".repeat(33));
    assertThatThrownBy(() -> PoolElement.register(scope, Registration.of(handle, 5000)))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("at most 32 bytes")
        .hasMessageContaining("33");
    try (PoolUser rsplib = PoolUser.open(scope)) {
      assertThatThrownBy(() -> rsplib.resolve(handle)).isInstanceOf(RejectedException.class);
      assertThatThrownBy(() -> rsplib.connect(handle)).isInstanceOf(RejectedException.class);
      assertThatThrownBy(() -> rsplib.watch(handle, _ -> {})).isInstanceOf(RejectedException.class);
      assertThatThrownBy(() -> rsplib.resolve(fitting)).isInstanceOf(UnknownPoolException.class);
    }
    assertThatThrownBy(() -> user.resolve(handle)).isInstanceOf(UnknownPoolException.class);
  }
}
