package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CallLimitTest {

  @Test
  void soManyCallAtOnceAndTheOthersInTheirOrder() throws Exception {
    CallLimit limit = new CallLimit(2);
    BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
    List<CountDownLatch> ends = new ArrayList<>();
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (int i = 0; i < 5; i++) {
      int number = i;
      CountDownLatch end = new CountDownLatch(1);
      ends.add(end);
      limit.start(() -> {
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        begun.add(number);
        try {
          end.await();
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
        atOnce.decrementAndGet();
        limit.end();
      });
    }
    assertThat(List.of(take(begun), take(begun))).containsExactlyInAnyOrder(0, 1);
    assertThat(begun).isEmpty();
    ends.get(1).countDown();
    assertThat(take(begun)).isEqualTo(2);
    ends.get(0).countDown();
    assertThat(take(begun)).isEqualTo(3);
    ends.forEach(CountDownLatch::countDown);
    assertThat(take(begun)).isEqualTo(4);
    assertThat(most).hasValue(2);
  }

  private static int take(BlockingQueue<Integer> begun) throws InterruptedException {
    Integer next = begun.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }
}
