package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PoolUserTest {

  private static final PoolHandle POOL = PoolHandle.of("TestPool");

  private TestRegistrar registrar;
  private PoolUser user;

  @BeforeEach
  void start() {
    registrar = TestRegistrar.start();
    user = PoolUser.open(registrar.scope());
  }

  @AfterEach
  void stop() {
    user.close();
    registrar.close();
  }

  private PoolElement register(int id) {
    return PoolElement.register(
        registrar.scope(), Registration.builder(POOL, id).elementId(ElementId.of(id)).build());
  }

  private static List<Integer> idsOf(Pool pool) {
    return pool.elements().stream().map(e -> e.elementId().value()).sorted().toList();
  }

  @Test
  void unknownPoolIsSaidToBeUnknownAndMayBeAskedForAgain() {
    UnknownPoolException unknown = (UnknownPoolException) catchThrowable(() -> user.resolve(POOL));
    assertThat(unknown.handle()).isEqualTo(POOL);
    assertThat(unknown.isRetryable()).isTrue();
    try (PoolElement _ = register(1)) {
      assertThat(idsOf(user.resolve(POOL))).containsExactly(1);
    }
  }

  @Test
  void resolutionGivesAsManyElementsAsAreWanted() {
    try (PoolElement _ = register(1);
        PoolElement _ = register(2);
        PoolElement _ = register(3)) {
      assertThat(idsOf(user.resolve(POOL))).containsExactly(1, 2, 3);
      assertThat(user.resolve(POOL, 2).elements()).hasSize(2);
    }
  }

  @Test
  void selectionFollowsThePolicyAndFindsAPreferredElementAgain() {
    try (PoolElement _ = register(1);
        PoolElement _ = register(2);
        PoolElement _ = register(3)) {
      Set<Integer> selected = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        selected.add(user.select(POOL).elementId().value());
      }
      assertThat(selected).containsExactlyInAnyOrder(1, 2, 3);
      for (int i = 0; i < 5; i++) {
        PoolElementParameter same = user.select(POOL, ElementId.of(2));
        assertThat(same.elementId()).isEqualTo(ElementId.of(2));
      }
    }
  }

  @Test
  void watcherSeesElementsComeAndGoInOrder() throws InterruptedException {
    BlockingQueue<List<Integer>> seen = new LinkedBlockingQueue<>();
    PoolElement first = register(1);
    Subscription watch = user.watch(POOL, pool -> seen.add(idsOf(pool)));
    assertThat(seen.poll(10, TimeUnit.SECONDS)).containsExactly(1);
    PoolElement second = register(2);
    assertThat(seen.poll(10, TimeUnit.SECONDS)).containsExactly(1, 2);
    first.close();
    assertThat(seen.poll(10, TimeUnit.SECONDS)).containsExactly(2);
    second.close();
    assertThat(seen.poll(10, TimeUnit.SECONDS)).isEmpty();
    watch.close();
    watch.close();
  }

  @Test
  void laterWatcherOfTheSamePoolHearsItsPresentStateAtOnce() throws InterruptedException {
    try (PoolElement _ = register(1)) {
      BlockingQueue<List<Integer>> one = new LinkedBlockingQueue<>();
      BlockingQueue<List<Integer>> two = new LinkedBlockingQueue<>();
      try (Subscription _ = user.watch(POOL, pool -> one.add(idsOf(pool)))) {
        assertThat(one.poll(10, TimeUnit.SECONDS)).containsExactly(1);
        try (Subscription _ = user.watch(POOL, pool -> two.add(idsOf(pool)))) {
          assertThat(two.poll(10, TimeUnit.SECONDS)).containsExactly(1);
        }
      }
    }
  }

  @Test
  void listenerThatThrowsOrBlocksHarmsNobodyElse() throws InterruptedException {
    CompletableFuture<Void> never = new CompletableFuture<>();
    BlockingQueue<List<Integer>> seen = new LinkedBlockingQueue<>();
    try (Subscription _ = user.watch(POOL, _ -> never.join());
        Subscription _ =
            user.watch(
                POOL,
                pool -> {
                  seen.add(idsOf(pool));
                  throw new IllegalStateException("a mistake of the application");
                });
        PoolElement _ = register(1);
        PoolElement _ = register(2)) {
      List<Integer> last = List.of();
      while (last.size() < 2) {
        last = seen.poll(10, TimeUnit.SECONDS);
        assertThat(last).isNotNull();
      }
    } finally {
      never.complete(null);
    }
  }

  @Test
  void elementThatIsNotThereCannotBeRemoved() {
    try (PoolElement _ = register(1)) {
      Throwable thrown = catchThrowable(() -> user.remove(POOL, ElementId.of(99)));
      // RFC 5352 section 3.2: a deregistration of what is not there is confirmed.
      assertThat(thrown == null || thrown instanceof RejectedException).isTrue();
      assertThat(idsOf(user.resolve(POOL))).containsExactly(1);
    }
  }

  @Test
  void reportOfALivingElementIsHarmless() {
    try (PoolElement _ = register(1)) {
      user.resolve(POOL);
      user.report(POOL, ElementId.of(1));
      user.purge(POOL);
      assertThat(idsOf(user.resolve(POOL))).containsExactly(1);
    }
  }

  @Test
  void whatThisUserNeverHeardOfCannotBeReported() {
    try (PoolElement _ = register(1)) {
      RejectedException refusal =
          (RejectedException) catchThrowable(() -> user.report(POOL, ElementId.of(1)));
      assertThat(refusal).hasMessageContaining("0x00000001 is not reported");
      assertThat(refusal.causes()).isEmpty();
      user.select(POOL);
      user.report(POOL, ElementId.of(1));
    }
  }

  @Test
  void withoutRegistrarACallSaysSoAndMayBeRepeated() {
    registrar.close();
    RSerPoolException failure = (RSerPoolException) catchThrowable(() -> user.resolve(POOL));
    assertThat(failure).isInstanceOf(NoRegistrarException.class);
    assertThat(failure.isRetryable()).isTrue();
  }

  /// A registrar that accepts and then says nothing.
  private static ServerSocket mute() throws Exception {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @Test
  void interruptedCallEndsAtOnceAndKeepsTheFlag() throws Exception {
    try (ServerSocket mute = mute();
        PoolUser waiting = PoolUser.open(Scope.of("tcp://127.0.0.1:" + mute.getLocalPort()))) {
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  waiting.resolve(POOL);
                } catch (InterruptedCallException e) {
                  flag.complete(Thread.currentThread().isInterrupted() && !e.isRetryable());
                }
              });
      caller.interrupt();
      assertThat(flag.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void callThatTakesTooLongTimesOut() throws Exception {
    try (ServerSocket mute = mute();
        PoolUser waiting =
            PoolUser.open(
                Scope.of("tcp://127.0.0.1:" + mute.getLocalPort())
                    .withCallTimeout(Duration.ofMillis(50)))) {
      assertThatThrownBy(() -> waiting.resolve(POOL))
          .isInstanceOf(CallTimeoutException.class)
          .hasMessageContaining("TestPool")
          .hasMessageContaining("50 ms");
    }
  }

  @Test
  void closedUserRefusesEverything() {
    user.close();
    assertThatThrownBy(() -> user.resolve(POOL)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> user.watch(POOL, _ -> {})).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> user.connect(POOL)).isInstanceOf(ClosedException.class);
  }

  @Test
  void mistakesInAddressesAreNamed() {
    assertThatThrownBy(() -> Scope.of("localhost:3863"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tcp://host:port")
        .hasMessageContaining("localhost:3863");
    assertThat(Scope.defaults().registrars().getFirst()).hasToString("tcp://localhost:3863");
  }
}
