package io.rserpool.services.calculation;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.Failover;
import io.rserpool.protocol.ElementId;
import io.rserpool.services.user.FakePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CalculationClientTest {

  private static final long SEED = Long.getLong("rserpool.seed", 15);
  private static final CalculationOptions ONE =
      CalculationOptions.defaults().withJobs(Duration.ofSeconds(15), 5_000_000, 1);

  private final List<String> told = new ArrayList<>();

  private final CalculationListener listener =
      new CalculationListener() {
        @Override
        public void queued(long jobId, long jobSize, int waiting) {
          told.add("queued " + jobId);
        }

        @Override
        public void accepted(long jobId, ElementId element) {
          told.add("accepted " + jobId + " by " + element.toString().replaceAll("0x0*", ""));
        }

        @Override
        public void rejected(long jobId, ElementId element) {
          told.add("rejected " + jobId + " by " + element.toString().replaceAll("0x0*", ""));
        }

        @Override
        public void movedOver(long jobId, Failover failover) {
          told.add("moved " + jobId + (failover.cookieEchoed() ? " with cookie" : ""));
        }

        @Override
        public void completed(CalculationResult result) {
          told.add("completed " + result.jobId());
        }
      };

  private List<CalculationResult> run(FakePool pool, CalculationOptions options) {
    return new CalculationClient(pool, options, listener, new SplittableRandom(SEED)).run();
  }

  private static CalculationMessage decode(byte[] bytes) {
    return CalculationMessage.decode(bytes).orElseThrow(AssertionError::new);
  }

  private static byte[] message(CalculationMessage.Type type, long jobId) {
    return new CalculationMessage(type, jobId, 0, 0).encode();
  }

  private static List<CalculationMessage.Type> types(FakePool pool) {
    return pool.sent().stream().map(bytes -> decode(bytes).type()).toList();
  }

  /// An element that accepts after 10 ms and is ready after so long.
  private static void work(FakePool.Element element, byte[] bytes, long readyMs) {
    CalculationMessage message = decode(bytes);
    switch (message.type()) {
      case REQUEST -> {
        element.say(10, message(CalculationMessage.Type.ACCEPT, message.jobId()));
        element.say(readyMs, complete(message.jobId(), message.jobSize()));
      }
      case KEEP_ALIVE ->
          element.say(1, message(CalculationMessage.Type.KEEP_ALIVE_ACK, message.jobId()));
      case ACCEPT, REJECT, ABORT, COMPLETE, KEEP_ALIVE_ACK -> {
        // Nothing to be said.
      }
    }
  }

  private static byte[] complete(long jobId, long jobSize) {
    return new CalculationMessage(CalculationMessage.Type.COMPLETE, jobId, jobSize, jobSize)
        .encode();
  }

  @Test
  void jobIsRequestedKeptAliveAndTimed() {
    FakePool pool = new FakePool((element, bytes) -> work(element, bytes, 12_000));
    CalculationResult result = run(pool, ONE).getFirst();
    assertThat(types(pool))
        .containsExactly(
            CalculationMessage.Type.REQUEST,
            CalculationMessage.Type.KEEP_ALIVE,
            CalculationMessage.Type.KEEP_ALIVE);
    assertThat(told).containsExactly("queued 1", "accepted 1 by 1", "completed 1");
    assertThat(result.queuing()).isZero();
    assertThat(result.startup()).isEqualTo(Duration.ofMillis(10));
    assertThat(result.processing()).isEqualTo(Duration.ofMillis(11_990));
    assertThat(result.speed()).isEqualTo(result.jobSize() / 12.0);
    assertThat(result.element()).isEqualTo(ElementId.of(1));
  }

  @Test
  void jobsAreMadeAtRandomTimesAndWaitForTheirTurn() {
    FakePool pool = new FakePool((element, bytes) -> work(element, bytes, 20_000));
    CalculationOptions options =
        CalculationOptions.defaults().withJobs(Duration.ofSeconds(15), 5_000_000, 400);
    List<CalculationResult> results = run(pool, options);
    assertThat(results).hasSize(400);
    assertThat(pool.conversations()).isEqualTo(400);
    double mean = results.stream().mapToLong(CalculationResult::jobSize).average().orElseThrow();
    assertThat(mean).as("-Drserpool.seed=%d", SEED).isBetween(4_000_000.0, 6_000_000.0);
    // They come each 15 s and take 20 s: the queue grows.
    assertThat(results.getLast().queuing()).isGreaterThan(Duration.ofMinutes(10));
  }

  @Test
  void sameSeedMakesTheSameJobs() {
    CalculationOptions options =
        CalculationOptions.defaults().withJobs(Duration.ofSeconds(15), 5_000_000, 20);
    List<CalculationResult> first =
        run(new FakePool((element, bytes) -> work(element, bytes, 100)), options);
    List<CalculationResult> second =
        run(new FakePool((element, bytes) -> work(element, bytes, 100)), options);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void otherElementGoesOnWithACookieWithoutBeingAsked() {
    FakePool pool =
        new FakePool(
            new FakePool.Script() {
              @Override
              public void heard(FakePool.Element element, byte[] message) {
                if (element.number() > 1) {
                  return;
                }
                element.say(10, message(CalculationMessage.Type.ACCEPT, 1));
                element.giveCookie(20);
                element.die(100);
              }

              @Override
              public void met(FakePool.Element element, boolean hasCookie) {
                if (hasCookie) {
                  element.say(10, message(CalculationMessage.Type.ACCEPT, 1));
                  element.say(50, complete(1, 1));
                }
              }
            });
    CalculationResult result = run(pool, ONE).getFirst();
    assertThat(types(pool))
        .containsExactly(CalculationMessage.Type.REQUEST, CalculationMessage.Type.KEEP_ALIVE);
    assertThat(told)
        .containsExactly(
            "queued 1", "accepted 1 by 1", "moved 1 with cookie", "accepted 1 by 2", "completed 1");
    assertThat(result.moves()).isEqualTo(1);
    assertThat(result.startup()).isEqualTo(Duration.ofMillis(10));
    assertThat(result.element()).isEqualTo(ElementId.of(2));
  }

  @Test
  void withoutACookieTheJobBeginsAnew() {
    FakePool pool =
        new FakePool((element, bytes) -> {
          work(element, bytes, 1_000);
          if (element.number() == 1) {
            element.die(500);
          }
        });
    var _ = run(pool, ONE);
    assertThat(types(pool))
        .containsExactly(CalculationMessage.Type.REQUEST, CalculationMessage.Type.REQUEST);
    assertThat(told)
        .containsExactly(
            "queued 1", "accepted 1 by 1", "moved 1", "accepted 1 by 2", "completed 1");
  }

  @Test
  void rejectedJobIsRequestedInAnotherConversationAfterAWhile() {
    FakePool pool =
        new FakePool((element, bytes) -> {
          if (element.number() == 1) {
            element.say(10, message(CalculationMessage.Type.REJECT, 1));
          } else {
            work(element, bytes, 100);
          }
        });
    CalculationResult result = run(pool, ONE).getFirst();
    assertThat(told)
        .containsExactly("queued 1", "rejected 1 by 1", "accepted 1 by 2", "completed 1");
    assertThat(pool.failures()).isEmpty();
    assertThat(result.startup()).isEqualTo(Duration.ofMillis(10 + 1_000 + 10));
  }

  @Test
  void rejectedCookieGoesToTheNextElement() {
    FakePool pool =
        new FakePool(
            new FakePool.Script() {
              @Override
              public void heard(FakePool.Element element, byte[] message) {
                if (element.number() > 1) {
                  return;
                }
                element.say(10, message(CalculationMessage.Type.ACCEPT, 1));
                element.giveCookie(20);
                element.die(30);
              }

              @Override
              public void met(FakePool.Element element, boolean hasCookie) {
                if (hasCookie) {
                  CalculationMessage.Type answer =
                      element.number() < 4
                          ? CalculationMessage.Type.REJECT
                          : CalculationMessage.Type.ACCEPT;
                  element.say(10, message(answer, 1));
                  element.say(20, complete(1, 1));
                }
              }
            });
    var _ = run(pool, ONE);
    assertThat(types(pool)).containsOnlyOnce(CalculationMessage.Type.REQUEST);
    assertThat(told)
        .containsSubsequence("rejected 1 by 2", "rejected 1 by 3", "accepted 1 by 4")
        .endsWith("completed 1");
    assertThat(pool.conversations()).isEqualTo(1);
  }

  @Test
  void silentElementIsLeftAndHangsNobody() {
    FakePool pool =
        new FakePool((element, bytes) -> {
          CalculationMessage message = decode(bytes);
          if (element.number() == 2 && message.type() == CalculationMessage.Type.REQUEST) {
            // Accepts, and is then as silent as the first.
            element.say(10, message(CalculationMessage.Type.ACCEPT, 1));
          } else if (element.number() == 3) {
            work(element, bytes, 100);
          }
        });
    CalculationResult result = run(pool, ONE).getFirst();
    assertThat(pool.failures())
        .containsExactly(
            "job 0x00000001: no answer for PT5S", "job 0x00000001: no answer for PT5S");
    assertThat(result.element()).isEqualTo(ElementId.of(3));
    assertThat(result.handling()).isEqualTo(Duration.ofMillis(5_000 + 10 + 10_000 + 100));
  }

  @Test
  void elementThatSpeaksOfAnotherJobOrNonsenseIsLeft() {
    FakePool pool =
        new FakePool((element, bytes) -> {
          switch (element.number()) {
            case 1 -> element.say(1, message(CalculationMessage.Type.ACCEPT, 2));
            case 2 -> element.say(1, new byte[24]);
            case 3 -> element.say(1, message(CalculationMessage.Type.REQUEST, 1));
            default -> work(element, bytes, 100);
          }
        });
    CalculationResult result = run(pool, ONE).getFirst();
    assertThat(pool.failures()).hasSize(3);
    assertThat(result.element()).isEqualTo(ElementId.of(4));
  }

  @Test
  void keepAlivesOfTheElementAreAnswered() {
    FakePool pool =
        new FakePool((element, bytes) -> {
          if (decode(bytes).type() == CalculationMessage.Type.REQUEST) {
            element.say(10, message(CalculationMessage.Type.ACCEPT, 1));
            element.say(20, message(CalculationMessage.Type.KEEP_ALIVE, 1));
            element.say(30, complete(1, 1));
          }
        });
    var _ = run(pool, ONE);
    assertThat(types(pool))
        .containsExactly(CalculationMessage.Type.REQUEST, CalculationMessage.Type.KEEP_ALIVE_ACK);
  }
}
