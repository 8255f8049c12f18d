package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.SendOption;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Data and notices in order, and sessions that begin without an element.
final class SessionEventTest extends SessionFixture {

  private static final Set<SessionNotice> FAILOVERS =
      EnumSet.of(SessionNotice.FAILOVER_NECESSARY, SessionNotice.FAILOVER_COMPLETE);

  private static String text(SessionEvent event) {
    assertThat(event).isInstanceOf(SessionEvent.Data.class);
    return new String(((SessionEvent.Data) event).message().bytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void manualSessionTellsWhenAFailoverIsNecessaryAndWhenItIsComplete() {
    serve();
    serve();
    SessionOptions options = options(FailoverMode.MANUAL).notices(FAILOVERS).build();
    try (PoolSession session = user.connect(POOL, options)) {
      ElementId old = session.element().elementId();
      send(session, "before");
      SessionEvent.Data data = (SessionEvent.Data) session.next();
      assertThat(text(data)).isEqualTo("before");
      assertThat(data.sender()).isEqualTo(old);
      serverOf(session).kill();
      SessionEvent.FailoverNecessary necessary = (SessionEvent.FailoverNecessary) session.next();
      assertThat(necessary.source()).isIn(FailureSource.RESET, FailureSource.CLOSED);
      assertThat(necessary.hasCookie()).isFalse();
      assertThatThrownBy(session::next).isInstanceOf(SessionFailedException.class);
      Failover move = session.failover();
      assertThat(session.next()).isEqualTo(new SessionEvent.FailoverComplete(move));
      send(session, "after");
      assertThat(text(session.next())).isEqualTo("after");
    }
  }

  @Test
  void completeFailoverIsToldBeforeAnythingOfTheNewElement() {
    serve();
    serve();
    SessionOptions options =
        options(FailoverMode.AUTOMATIC)
            .notices(FAILOVERS)
            .listener((session, _) -> send(session, "hello"))
            .build();
    try (PoolSession session = user.connect(POOL, options)) {
      serverOf(session).kill();
      assertThat(session.next()).isInstanceOf(SessionEvent.FailoverComplete.class);
      assertThat(text(session.next())).isEqualTo("hello");
    }
  }

  @Test
  void noticesThatNobodyAskedForAreNotToldAndReceivesPassOverTheOthers() {
    serve();
    serve();
    SessionOptions.Builder options =
        options(FailoverMode.AUTOMATIC).listener((session, _) -> send(session, "hello"));
    try (PoolSession session = user.connect(POOL, options.build())) {
      serverOf(session).kill();
      assertThat(text(session.next())).isEqualTo("hello");
    }
    serve();
    try (PoolSession session = user.connect(POOL, options.notices(FAILOVERS).build())) {
      serverOf(session).kill();
      assertThat(receive(session, 5)).isEqualTo("hello");
    }
  }

  @Test
  void changesOfThePoolAreTold() {
    serve();
    SessionOptions options =
        options(FailoverMode.AUTOMATIC).notices(Set.of(SessionNotice.POOL_CHANGED)).build();
    try (PoolSession session = user.connect(POOL, options)) {
      serve();
      int size = 0;
      while (size != 2) {
        size = ((SessionEvent.PoolChanged) session.next()).elements().size();
      }
    }
  }

  @Test
  void endInOrderIsToldAsOftenAsSomebodyLooks() {
    serve();
    SessionOptions options = options(FailoverMode.AUTOMATIC).endsOrderly(true).build();
    try (PoolSession session = user.connect(POOL, options)) {
      send(session, "last");
      session.endOutput();
      assertThat(text(session.next())).isEqualTo("last");
      assertThat(session.next()).isEqualTo(new SessionEvent.Ended());
      assertThat(session.next()).isEqualTo(new SessionEvent.Ended());
      assertThat(session.receive(new byte[1])).isEqualTo(-1);
    }
  }

  @Test
  void messageThatIsNotToBeSentElsewhereComesBack() throws Exception {
    ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Registration registration =
        Registration.builder(POOL, deaf.getLocalPort()).elementId(ElementId.of(77)).build();
    try (PoolElement _ = PoolElement.register(registrar.scope(), registration)) {
      serve();
      SessionOptions options =
          options(FailoverMode.AUTOMATIC)
              .preferred(ElementId.of(77))
              .notices(Set.of(SessionNotice.UNSENT))
              .build();
      try (PoolSession session = user.connect(POOL, options)) {
        UserMessage huge = new UserMessage(new byte[1 << 25], 0);
        session.send(huge, SendOption.NO_FAILOVER);
        try (Socket user = deaf.accept()) {
          user.setSoLinger(true, 0);
          deaf.close();
        }
        SessionEvent.Unsent unsent = (SessionEvent.Unsent) session.next();
        assertThat(unsent.message()).isSameAs(huge);
        assertThat(unsent.source()).isIn(FailureSource.RESET, FailureSource.CLOSED);
        assertThat(ask(session, "small")).isEqualTo("small");
        assertThat(session.sender()).isEqualTo(ElementId.of(1));
      }
    }
  }

  @Test
  void sessionMayBeOpenedBeforeThereIsAnElement() {
    SessionOptions options =
        options(FailoverMode.MANUAL)
            .opensAnyway(true)
            .notices(FAILOVERS)
            .failoverTimeout(Duration.ofMillis(500))
            .build();
    try (PoolSession session = user.connect(PoolHandle.of("EchoPool"), options)) {
      assertThat(session.next()).isInstanceOf(SessionEvent.FailoverNecessary.class);
      assertThatThrownBy(() -> send(session, "x")).isInstanceOf(SessionFailedException.class);
      assertThatThrownBy(session::element).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(session::failover).isInstanceOf(SessionFailedException.class);
      serve();
      user.purge(POOL);
      Failover move = session.failover();
      assertThat(move.newElement()).isEqualTo(session.element());
      assertThat(ask(session, "at last")).isEqualTo("at last");
    }
  }

  @Test
  void onlyManualSessionsAreOpenedAnyway() {
    SessionOptions.Builder automatic = options(FailoverMode.AUTOMATIC).opensAnyway(true);
    assertThatThrownBy(automatic::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MANUAL");
  }

  @Test
  void optionsThatAreNotSetAreThoseOfTheProfile() {
    SessionOptions set = SessionOptions.builder().readTimeout(Duration.ofSeconds(7)).build();
    assertThat(user.settings(set).readTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(user.settings(set).heartbeatInterval()).isPositive();
    try (PoolUser rsplib = PoolUser.open(registrar.scope().withProfile(Profile.RSPLIB))) {
      assertThat(rsplib.settings(set).readTimeout()).isEqualTo(Duration.ofSeconds(7));
      assertThat(rsplib.settings(set).heartbeatInterval()).isZero();
    }
    assertThatThrownBy(() -> SessionOptions.builder().sendTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("send time-out");
    assertThatThrownBy(() -> SessionOptions.builder().moveSpread(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spread");
  }

  @Test
  void preferredElementIsGoneBackTo() throws Exception {
    serve();
    CompletableFuture<Failover> away = new CompletableFuture<>();
    CompletableFuture<Failover> back = new CompletableFuture<>();
    SessionOptions options =
        options(FailoverMode.AUTOMATIC)
            .preferred(ElementId.of(1))
            .failBackAfter(Duration.ofMillis(20))
            .listener((_, move) -> {
              if (!away.complete(move)) {
                back.complete(move);
              }
            })
            .build();
    try (PoolSession session = user.connect(POOL, options)) {
      serve();
      assertThat(ask(session, "on the first")).isEqualTo("on the first");
      elements.getFirst().close();
      awaitPoolOf(1);
      servers.getFirst().kill();
      assertThat(away.get(20, TimeUnit.SECONDS).newElement().elementId())
          .isEqualTo(ElementId.of(2));
      try (TestServer again = new TestServer();
          PoolElement _ = again.register(registrar, POOL, 1)) {
        Failover move = back.get(20, TimeUnit.SECONDS);
        assertThat(move.source()).isEqualTo(FailureSource.FAIL_BACK);
        assertThat(move.newElement().elementId()).isEqualTo(ElementId.of(1));
        assertThat(ask(session, "back")).isEqualTo("back");
      }
    }
  }

  private void awaitPoolOf(int elementCount) throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    try (Subscription _ =
        user.watch(
            POOL,
            pool -> {
              if (pool.elements().size() == elementCount) {
                seen.countDown();
              }
            })) {
      seen.await();
    }
  }

  @Test
  void interruptedCallsLeaveTheSessionUnharmed() throws Exception {
    TestServer server = serve();
    try (PoolSession session = user.connect(POOL, options(FailoverMode.MANUAL).build())) {
      assertInterruptible(session::next);
      assertInterruptible(session::receiveMessage);
      server.kill();
      elements.getFirst().close();
      assertThatThrownBy(session::next).isInstanceOf(SessionFailedException.class);
      assertInterruptible(session::failover);
      serve();
      assertThat(ask(session, "unharmed")).isEqualTo("unharmed");
    }
  }

  @Test
  void interruptedConnectEndsAtOnce() throws Exception {
    try (ControlServer frozen = ControlServer.frozenOverTcp(5);
        PoolElement _ = frozen.register(registrar.scope(), POOL)) {
      SessionOptions patient =
          options(FailoverMode.NONE).connectTimeout(Duration.ofMinutes(5)).build();
      assertInterruptible(() -> user.connect(POOL, patient));
    }
  }

  private static void assertInterruptible(Runnable call) throws Exception {
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                call.run();
              } catch (InterruptedCallException _) {
                flag.complete(Thread.currentThread().isInterrupted());
              }
            });
    caller.interrupt();
    assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
  }
}
