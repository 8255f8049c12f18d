package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.PoolMessenger.Arrival;
import io.rserpool.client.channel.ToySctp;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.SendOption;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PoolMessengerTest {

  private static final PoolHandle POOL = PoolHandle.of("MessagePool");
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MESSAGES = 5;

  private final ToySctp stack = new ToySctp();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final List<ControlServer> servers = new ArrayList<>();
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

  private void serve(int count) {
    for (int i = 0; i < count; i++) {
      ControlServer server = ControlServer.overSctp(stack, servers.size() + 1, false);
      servers.add(server);
      toClose.add(server);
      toClose.add(server.register(registrar.scope(), POOL));
    }
  }

  private PoolMessenger open() {
    return PoolMessenger.builder(user).open(stack::call);
  }

  private static UserMessage message(String text) {
    return new UserMessage(text.getBytes(StandardCharsets.US_ASCII), 7);
  }

  private static String text(UserMessage message) {
    return new String(message.bytes(), StandardCharsets.US_ASCII);
  }

  private static String receive(PoolMessenger messenger) {
    Arrival.Received received = (Arrival.Received) messenger.receive(LIMIT);
    assertThat(received.pool()).isEqualTo(POOL);
    return received.sender().value() + ":" + text(received.message());
  }

  private static void awaitUntil(BooleanSupplier isTrue) {
    while (!isTrue.getAsBoolean() && !Thread.interrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void eachMessageIsAChoiceOfThePolicyAndAnswersTellWhoseTheyAre() {
    serve(2);
    try (PoolMessenger messenger = open()) {
      List<ElementId> given = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ElementId element = messenger.send(POOL, message("m" + i));
        given.add(element);
        assertThat(receive(messenger)).isEqualTo(element.value() + ":m" + i);
      }
      assertThat(given).containsOnly(ElementId.of(1), ElementId.of(2));
      assertThat(given.get(0)).isNotEqualTo(given.get(1)).isEqualTo(given.get(2));
      assertThat(messenger.connections()).isEqualTo(2);
    }
  }

  @Test
  void messageToTheLastElementGoesThere() {
    serve(3);
    try (PoolMessenger messenger = open()) {
      ElementId first = messenger.sendToLast(POOL, message("a"), SendOption.FAILOVER);
      for (int i = 0; i < 3; i++) {
        assertThat(messenger.sendToLast(POOL, message("b"), SendOption.NO_FAILOVER))
            .isEqualTo(first);
      }
      assertThat(messenger.connections()).isEqualTo(1);
    }
  }

  @Test
  void messageToACertainElementGoesThereOrSomewhereElseOnlyIfItMay() {
    serve(3);
    try (PoolMessenger messenger = open()) {
      assertThat(messenger.sendTo(POOL, ElementId.of(2), message("a"), SendOption.NO_FAILOVER))
          .isEqualTo(ElementId.of(2));
      assertThat(receive(messenger)).isEqualTo("2:a");
      ElementId stranger = ElementId.of(99);
      assertThatThrownBy(
              () -> messenger.sendTo(POOL, stranger, message("b"), SendOption.NO_FAILOVER))
          .isInstanceOf(SessionFailedException.class)
          .hasMessageContaining("0x00000063");
      assertThat(messenger.sendTo(POOL, stranger, message("c"), SendOption.FAILOVER).value())
          .isBetween(1, 3);
      // Else it may move to another connection when the server is killed.
      assertThat(receive(messenger)).endsWith(":c");
      int connections = messenger.connections();
      servers.get(1).kill();
      awaitUntil(() -> messenger.connections() < connections);
      assertThatThrownBy(
              () -> messenger.sendTo(POOL, ElementId.of(2), message("d"), SendOption.NO_FAILOVER))
          .isInstanceOf(SessionFailedException.class)
          .hasMessageContaining("0x00000002");
      assertThat(messenger.sendTo(POOL, ElementId.of(2), message("e"), SendOption.FAILOVER))
          .isIn(ElementId.of(1), ElementId.of(3));
    }
  }

  @Test
  void messageToAllGoesToAllButTheOwnElement() {
    serve(3);
    try (PoolMessenger messenger =
        PoolMessenger.builder(user).self(POOL, ElementId.of(2)).open(stack::call)) {
      assertThat(messenger.sendToAll(POOL, message("x"), false))
          .containsExactlyInAnyOrder(ElementId.of(1), ElementId.of(3));
      assertThat(List.of(receive(messenger), receive(messenger)))
          .containsExactlyInAnyOrder("1:x", "3:x");
      assertThat(messenger.sendToAll(POOL, message("y"), true)).hasSize(3);
      assertThat(List.of(receive(messenger), receive(messenger), receive(messenger)))
          .containsExactlyInAnyOrder("1:y", "2:y", "3:y");
    }
  }

  @Test
  void copyThatAnElementCannotBeGivenComesBack() {
    serve(2);
    servers.getFirst().kill();
    try (PoolMessenger messenger = open()) {
      UserMessage message = message("x");
      assertThat(messenger.sendToAll(POOL, message, false)).containsExactly(ElementId.of(2));
      List<Arrival> arrivals = List.of(messenger.receive(LIMIT), messenger.receive(LIMIT));
      Arrival.ErrorReport report =
          arrivals.stream()
              .filter(Arrival.ErrorReport.class::isInstance)
              .map(Arrival.ErrorReport.class::cast)
              .findFirst()
              .orElseThrow();
      assertThat(report.element()).isEqualTo(ElementId.of(1));
      assertThat(report.message()).isSameAs(message);
      assertThat(report.source()).isEqualTo(FailureSource.REFUSED);
    }
  }

  /// As many messages as are accepted in any case, with the last one not handed over: the frozen
  /// server has taken one, its channel holds one or two (the second one if the first was taken before
  /// that came), the transport one, the writer one; the rest waits in the session, which accepts one.
  private static List<UserMessage> fill(PoolMessenger messenger, SendOption option) {
    List<UserMessage> sent = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      byte[] bytes = new byte[200_000];
      bytes[0] = (byte) i;
      UserMessage message = new UserMessage(bytes, 7);
      sent.add(message);
      assertThat(messenger.sendTo(POOL, ElementId.of(1), message, option))
          .isEqualTo(ElementId.of(1));
    }
    return sent;
  }

  @Test
  void messagesThatWereNotHandedOverGoToAnotherElementInOrder() {
    serve(1);
    try (PoolMessenger messenger = open()) {
      servers.getFirst().freeze();
      fill(messenger, SendOption.FAILOVER);
      serve(1);
      user.purge(POOL);
      servers.getFirst().kill();
      int last = -1;
      while (last != MESSAGES - 1) {
        Arrival.Received back = (Arrival.Received) messenger.receive(LIMIT);
        assertThat(back.sender()).isEqualTo(ElementId.of(2));
        assertThat((int) back.message().bytes()[0]).isGreaterThan(last);
        last = back.message().bytes()[0];
      }
    }
  }

  @Test
  void messagesThatAreNotToGoElsewhereComeBack() {
    serve(1);
    try (PoolMessenger messenger = open()) {
      servers.getFirst().freeze();
      List<UserMessage> sent = fill(messenger, SendOption.NO_FAILOVER);
      serve(1);
      servers.getFirst().kill();
      List<UserMessage> back = new ArrayList<>();
      while (!back.contains(sent.getLast())) {
        Arrival.ErrorReport report = (Arrival.ErrorReport) messenger.receive(LIMIT);
        assertThat(report.element()).isEqualTo(ElementId.of(1));
        assertThat(report.source()).isEqualTo(FailureSource.RESET);
        back.add(report.message());
      }
      assertThat(sent).endsWith(back.toArray(UserMessage[]::new));
    }
  }

  @Test
  void deadElementIsReplacedForTheNextMessage() {
    serve(2);
    try (PoolMessenger messenger = open()) {
      ElementId first = messenger.send(POOL, message("a"));
      receive(messenger);
      servers.get(first.value() - 1).kill();
      for (int i = 0; i < 4; i++) {
        ElementId next = messenger.send(POOL, message("b"));
        assertThat(next).isNotEqualTo(first);
        assertThat(receive(messenger)).isEqualTo(next.value() + ":b");
      }
    }
  }

  @Test
  void connectionsThatAreIdleAreClosed() {
    serve(1);
    try (PoolMessenger messenger =
        PoolMessenger.builder(user).idleAfter(Duration.ofMillis(20)).open(stack::call)) {
      messenger.send(POOL, message("a"));
      assertThat(receive(messenger)).isEqualTo("1:a");
      awaitUntil(() -> messenger.connections() == 0 && stack.openPorts() == 1);
      messenger.send(POOL, message("b"));
      assertThat(receive(messenger)).isEqualTo("1:b");
    }
  }

  @Test
  void connectionThatWasUsedLongestAgoMakesRoom() {
    serve(3);
    try (PoolMessenger messenger =
        PoolMessenger.builder(user).connectionsMax(2).open(stack::call)) {
      for (int i : new int[] {1, 2, 3, 1, 2, 3}) {
        messenger.sendTo(POOL, ElementId.of(i), message("a"), SendOption.NO_FAILOVER);
        assertThat(receive(messenger)).isEqualTo(i + ":a");
        assertThat(messenger.connections()).isLessThanOrEqualTo(2);
      }
      awaitUntil(() -> stack.openPorts() == 5);
    }
  }

  @Test
  void unknownPoolIsToldAtOnce() {
    try (PoolMessenger messenger = open()) {
      assertThatThrownBy(() -> messenger.send(PoolHandle.of("Nobody"), message("a")))
          .isInstanceOf(UnknownPoolException.class);
    }
  }

  @Test
  void closeWakesWhoeverReceives() throws Exception {
    PoolMessenger messenger = open();
    CompletableFuture<Arrival> next = CompletableFuture.supplyAsync(messenger::receive);
    assertThatThrownBy(() -> messenger.receive(Duration.ofMillis(5)))
        .isInstanceOf(CallTimeoutException.class);
    messenger.close();
    assertThatThrownBy(() -> next.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> messenger.send(POOL, message("a")))
        .isInstanceOf(RSerPoolException.class);
  }
}
