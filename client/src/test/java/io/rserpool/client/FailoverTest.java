package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rserpool.protocol.ElementId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class FailoverTest extends SessionFixture {

  private final BlockingQueue<Failover> moves = new LinkedBlockingQueue<>();

  private SessionOptions automatic() {
    return options(FailoverMode.AUTOMATIC).listener((_, move) -> moves.add(move)).build();
  }

  private Failover awaitMove() throws InterruptedException {
    Failover move = moves.poll(20, TimeUnit.SECONDS);
    assertThat(move).isNotNull();
    return move;
  }

  @Test
  void sessionMovesOnWhenItsServerDiesAndTellsOnce() throws Exception {
    serve();
    serve();
    try (PoolSession session = user.connect(POOL, automatic())) {
      assertThat(ask(session, "before")).isEqualTo("before");
      ElementId old = session.element().elementId();
      serverOf(session).kill();
      Failover move = awaitMove();
      assertThat(move.oldElement().elementId()).isEqualTo(old);
      assertThat(move.newElement().elementId()).isNotEqualTo(old);
      assertThat(move.source()).isIn(FailureSource.RESET, FailureSource.CLOSED);
      assertThat(move.attempt()).isEqualTo(1);
      assertThat(ask(session, "after")).isEqualTo("after");
      assertThat(session.sender()).isEqualTo(move.newElement().elementId());
      assertThat(session.element()).isEqualTo(move.newElement());
      assertThat(moves).isEmpty();
    }
  }

  @Test
  void sessionSurvivesTheDeathOfAllServersButOneWithEveryAnswerInOrder() throws Exception {
    for (int i = 0; i < 4; i++) {
      serve();
    }
    try (PoolSession session = user.connect(POOL, automatic())) {
      for (int round = 0; round < 3; round++) {
        assertThat(ask(session, "round " + round)).isEqualTo("round " + round);
        serverOf(session).kill();
        awaitMove();
      }
      assertThat(ask(session, "survived")).isEqualTo("survived");
      assertThat(moves).isEmpty();
    }
  }

  @Test
  void blockedReceiveGoesOnWithTheNextElement() throws Exception {
    serve();
    serve();
    SessionOptions options =
        options(FailoverMode.AUTOMATIC)
            .listener((session, _) -> send(session, "asked again"))
            .build();
    try (PoolSession session = user.connect(POOL, options)) {
      TestServer server = serverOf(session);
      server.freeze();
      send(session, "lost");
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> receive(session, "asked again".length()));
      session.flush();
      server.kill();
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("asked again");
    }
  }

  @Test
  void whatTheListenerSaysToTheNewElementGoesBeforeEverythingElse() throws Exception {
    serve();
    serve();
    BlockingQueue<String> greetings = new LinkedBlockingQueue<>();
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    SessionOptions options =
        options(FailoverMode.AUTOMATIC)
            .listener((session, move) -> {
              moves.add(move);
              goOn.join();
              greetings.add(ask(session, "login"));
            })
            .build();
    try (PoolSession session = user.connect(POOL, options)) {
      serverOf(session).kill();
      awaitMove();
      CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> ask(session, "work"));
      goOn.complete(null);
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("work");
      assertThat(greetings).containsExactly("login");
    }
  }

  @Test
  void frozenServerIsLeftAtTheReadTimeout() throws Exception {
    serve();
    serve();
    SessionOptions options = automatic().toBuilder().readTimeout(Duration.ofMillis(100)).build();
    try (PoolSession session = user.connect(POOL, options)) {
      serverOf(session).freeze();
      send(session, "nobody answers");
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> receive(session, "again".length()));
      Failover move = awaitMove();
      assertThat(move.source()).isEqualTo(FailureSource.READ_TIMEOUT);
      send(session, "again");
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("again");
    }
  }

  @Test
  void serverThatTakesNothingIsLeftAtTheSendTimeout() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        PoolElement _ =
            PoolElement.register(
                registrar.scope(),
                Registration.builder(POOL, deaf.getLocalPort())
                    .elementId(ElementId.of(77))
                    .build())) {
      serve();
      SessionOptions options =
          automatic().toBuilder()
              .sendTimeout(Duration.ofMillis(200))
              .preferred(ElementId.of(77))
              .build();
      try (PoolSession session = user.connect(POOL, options)) {
        assertThat(session.element().elementId()).isEqualTo(ElementId.of(77));
        byte[] block = new byte[1 << 20];
        Thread reader =
            Thread.ofVirtual()
                .start(() -> {
                  byte[] buffer = new byte[1 << 16];
                  while (session.receive(buffer) >= 0) {
                    // What the living server returns is read, so that it takes more.
                  }
                });
        for (int i = 0; i < 16; i++) {
          session.send(block);
        }
        session.endOutput();
        assertThat(awaitMove().source()).isEqualTo(FailureSource.SEND_TIMEOUT);
        assertThat(reader.join(Duration.ofSeconds(20))).isTrue();
      }
    }
  }

  @Test
  void registrarsWordWakesAReceiveBlockedOnAFrozenServer() throws Exception {
    serve();
    serve();
    try (PoolSession session = user.connect(POOL, automatic())) {
      TestServer server = serverOf(session);
      server.freeze();
      send(session, "nobody answers");
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> receive(session, "again".length()));
      user.remove(POOL, session.element().elementId());
      assertThat(awaitMove().source()).isEqualTo(FailureSource.PUSHED_REMOVAL);
      send(session, "again");
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("again");
    }
  }

  @Test
  void elementThatLeavesInOrderServesItsSessionToTheEnd() throws Exception {
    serve();
    serve();
    try (PoolSession session = user.connect(POOL, automatic())) {
      ElementId id = session.element().elementId();
      BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
      serverOf(session).stopListening();
      elements.get(id.value() - 1).leave();
      try (Subscription _ = user.watch(POOL, pool -> sizes.add(pool.elements().size()))) {
        Integer size = sizes.poll(20, TimeUnit.SECONDS);
        while (size != null && size != 1) {
          size = sizes.poll(20, TimeUnit.SECONDS);
        }
        assertThat(size).isEqualTo(1);
      }
      assertThat(ask(session, "still served")).isEqualTo("still served");
      assertThat(session.element().elementId()).isEqualTo(id);
      assertThat(moves).isEmpty();
    }
  }

  @Test
  void applicationMayGiveAnElementUp() throws Exception {
    serve();
    serve();
    try (PoolSession session = user.connect(POOL, automatic())) {
      session.fail("it answers nonsense");
      Failover move = awaitMove();
      assertThat(move.source()).isEqualTo(FailureSource.APPLICATION);
      assertThat(move.reason()).isEqualTo("it answers nonsense");
      assertThat(ask(session, "sense")).isEqualTo("sense");
    }
  }

  @Test
  void manualSessionWaitsForTheApplication() {
    serve();
    serve();
    SessionOptions options =
        options(FailoverMode.MANUAL).listener((_, move) -> moves.add(move)).build();
    try (PoolSession session = user.connect(POOL, options)) {
      TestServer server = serverOf(session);
      server.kill();
      SessionFailedException failure =
          catchThrowableOfType(SessionFailedException.class, () -> session.receive(new byte[1]));
      assertThat(failure.isRetryable()).isTrue();
      assertThatThrownBy(() -> send(session, "x")).isInstanceOf(SessionFailedException.class);
      assertThat(moves).isEmpty();
      Failover move = session.failover();
      assertThat(moves).containsExactly(move);
      assertThat(move.newElement().elementId()).isNotEqualTo(move.oldElement().elementId());
      assertThat(ask(session, "on")).isEqualTo("on");
    }
  }

  @Test
  void manualSessionMayLeaveALivingElement() {
    serve();
    serve();
    try (PoolSession session = user.connect(POOL, options(FailoverMode.MANUAL).build())) {
      Failover move = session.failover();
      assertThat(move.source()).isEqualTo(FailureSource.APPLICATION);
      assertThat(ask(session, "on")).isEqualTo("on");
    }
  }

  @Test
  void automaticSessionIsNotMovedByHand() {
    serve();
    try (PoolSession session = user.connect(POOL, automatic())) {
      assertThatThrownBy(session::failover).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void sessionWithoutFailoverEndsWithItsElement() {
    serve();
    serve();
    try (PoolSession session = user.connect(POOL, options(FailoverMode.NONE).build())) {
      serverOf(session).kill();
      assertThatThrownBy(() -> session.receive(new byte[1]))
          .isInstanceOf(SessionFailedException.class)
          .hasMessageContaining("EchoPool");
      assertThatThrownBy(() -> send(session, "x")).isInstanceOf(SessionFailedException.class);
    }
  }

  @Test
  void moveThatFindsNobodyEndsTheSessionWithinItsTimeLimit() {
    serve();
    SessionOptions options =
        automatic().toBuilder()
            .failoverTimeout(Duration.ofMillis(300))
            .retryDelay(Duration.ofMillis(50))
            .build();
    try (PoolSession session = user.connect(POOL, options)) {
      serverOf(session).kill();
      assertThatThrownBy(() -> session.receive(new byte[1]))
          .isInstanceOf(SessionFailedException.class)
          .hasMessageContaining("no element could be reached");
      assertThat(moves).isEmpty();
    }
  }

  @Test
  void sendDuringAMoveWaitsForTheElementThatComesAtLast() throws Exception {
    serve();
    try (PoolSession session = user.connect(POOL, automatic())) {
      // So the server has it: what is sent to one that only its system knows would be lost.
      assertThat(ask(session, "before")).isEqualTo("before");
      serverOf(session).kill();
      elements.getFirst().close();
      CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> ask(session, "wait"));
      serve();
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("wait");
      assertThat(awaitMove().newElement().elementId()).isEqualTo(ElementId.of(2));
    }
  }

  @Test
  void listenerThatThrowsEndsTheSession() {
    serve();
    serve();
    SessionOptions options =
        options(FailoverMode.AUTOMATIC)
            .listener((_, _) -> {
              throw new IllegalArgumentException("a mistake");
            })
            .build();
    try (PoolSession session = user.connect(POOL, options)) {
      serverOf(session).kill();
      assertThatThrownBy(() -> session.receive(new byte[1]))
          .isInstanceOf(SessionFailedException.class)
          .hasRootCauseMessage("a mistake");
    }
  }

  @Test
  void elementThatFailsWhileTheListenerTalksToItIsSkipped() throws Exception {
    serve();
    serve();
    serve();
    AtomicBoolean isFirst = new AtomicBoolean(true);
    SessionOptions options =
        options(FailoverMode.AUTOMATIC)
            .listener((session, move) -> {
              if (isFirst.getAndSet(false)) {
                moves.add(move);
                serverOf(session).kill();
              }
              assertThat(ask(session, "login")).isEqualTo("login");
              moves.add(move);
            })
            .build();
    try (PoolSession session = user.connect(POOL, options)) {
      serverOf(session).kill();
      Failover first = awaitMove();
      Failover second = awaitMove();
      assertThat(second.newElement().elementId()).isNotEqualTo(first.newElement().elementId());
      assertThat(second.attempt()).isEqualTo(2);
      assertThat(ask(session, "work")).isEqualTo("work");
    }
  }

  @Test
  void whatTheOldElementSaidIsReadBeforeTheNewOneSpeaks() throws Exception {
    serve();
    serve();
    SessionOptions options =
        options(FailoverMode.AUTOMATIC)
            .listener((session, move) -> {
              send(session, "new");
              moves.add(move);
            })
            .build();
    try (PoolSession session = user.connect(POOL, options)) {
      ElementId old = session.element().elementId();
      assertThat(ask(session, "1")).isEqualTo("1");
      send(session, "old");
      byte[] first = new byte[1];
      assertThat(session.receive(first)).isEqualTo(1);
      String rest = receive(session, 1);
      assertThat("" + (char) first[0] + rest).isEqualTo("ol");
      byte[] last = new byte[10];
      serverOf(session).kill();
      awaitMove();
      int n = session.receive(last);
      if (session.sender().equals(old)) {
        assertThat(new String(last, 0, n, StandardCharsets.US_ASCII)).isEqualTo("d");
        assertThat(receive(session, 3)).isEqualTo("new");
      }
      assertThat(session.sender()).isNotEqualTo(old);
    }
  }
}
