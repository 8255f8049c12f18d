package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many sessions lose their element at once.
@Timeout(300)
final class HerdTest extends SessionFixture {

  private static final int SESSIONS = 2_000;

  @Test
  void allSessionsOfAKilledElementGoOnWithEveryAnswerInOrder() throws Exception {
    TestServer first = serve();
    CountDownLatch asked = new CountDownLatch(SESSIONS);
    CountDownLatch killed = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> moves = new ArrayList<>();
      CountDownLatch connected = new CountDownLatch(SESSIONS);
      CountDownLatch frozen = new CountDownLatch(1);
      for (int i = 0; i < SESSIONS; i++) {
        int number = i;
        moves.add(
            threads.submit(() -> {
              List<Failover> own = new ArrayList<>();
              SessionOptions options =
                  SessionOptions.builder()
                      .listener((session, move) -> {
                        own.add(move);
                        send(session, "second of " + number);
                      })
                      .build();
              try (PoolSession session = user.connect(POOL, options)) {
                assertThat(ask(session, "first of " + number)).isEqualTo("first of " + number);
                connected.countDown();
                frozen.await();
                send(session, "second of " + number);
                session.flush();
                asked.countDown();
                killed.await();
                String second = "second of " + number;
                assertThat(receive(session, second.length())).isEqualTo(second);
                assertThat(ask(session, "third of " + number)).isEqualTo("third of " + number);
              }
              return own.size();
            }));
      }
      connected.await();
      first.freeze();
      frozen.countDown();
      asked.await();
      serve();
      serve();
      first.kill();
      killed.countDown();
      for (Future<Integer> moved : moves) {
        assertThat(moved.get(200, TimeUnit.SECONDS)).isEqualTo(1);
      }
    }
  }
}
