package io.rserpool.services.pingpong;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.Failover;
import io.rserpool.protocol.ElementId;
import io.rserpool.services.pingpong.PingPongMessage.Ping;
import io.rserpool.services.pingpong.PingPongMessage.Pong;
import io.rserpool.services.user.FakePool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PingPongClientTest {

  private final List<String> told = new ArrayList<>();

  private final PingPongListener listener =
      new PingPongListener() {
        @Override
        public void answered(Pong pong, ElementId element, Duration roundTrip) {
          told.add(pong.messageNo() + "/" + pong.replyNo() + " in " + roundTrip.toMillis());
        }

        @Override
        public void gap(long expected, long seen, ElementId element) {
          told.add("gap " + expected + " " + seen);
        }

        @Override
        public void movedOver(Failover failover, int repeated) {
          told.add("moved, again " + repeated);
        }
      };

  private PingPongSummary run(FakePool pool, long count) {
    return new PingPongClient(pool, PingPongOptions.defaults().withCount(count), listener).run();
  }

  private static Ping ping(byte[] bytes) {
    return (Ping) PingPongMessage.decode(bytes).orElseThrow(AssertionError::new);
  }

  private static byte[] pong(byte[] bytes, long replyNo) {
    Ping ping = ping(bytes);
    return new Pong(ping.messageNo(), replyNo, ping.data()).encode();
  }

  private static List<Long> numbers(FakePool pool) {
    return pool.sent().stream().map(bytes -> ping(bytes).messageNo()).toList();
  }

  @Test
  void pingsAreNumberedAndOneForEachInterval() {
    FakePool pool =
        new FakePool((element, bytes) -> element.say(3, pong(bytes, ping(bytes).messageNo())));
    long begin = pool.nowNs();
    PingPongSummary summary = run(pool, 4);
    assertThat(numbers(pool)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(told).containsExactly("1/1 in 3", "2/2 in 3", "3/3 in 3", "4/4 in 3");
    assertThat(Duration.ofNanos(pool.nowNs() - begin)).isEqualTo(Duration.ofMillis(1_503));
    assertThat(summary).isEqualTo(new PingPongSummary(4, 4, 0, 0));
  }

  @Test
  void numbersGoOnOverAFailoverWithACookie() {
    FakePool pool =
        new FakePool((element, bytes) -> {
          long number = ping(bytes).messageNo();
          if (element.number() == 1 && number == 3) {
            element.die(1);
            return;
          }
          element.say(3, pong(bytes, number));
          element.giveCookie(4);
        });
    PingPongSummary summary = run(pool, 4);
    assertThat(told)
        .containsExactly("1/1 in 3", "2/2 in 3", "moved, again 1", "3/3 in 4", "4/4 in 3");
    assertThat(numbers(pool)).containsExactly(1L, 2L, 3L, 3L, 4L);
    assertThat(summary).isEqualTo(new PingPongSummary(4, 4, 0, 1));
  }

  @Test
  void gapsAreSaid() {
    FakePool pool =
        new FakePool((element, bytes) -> {
          long number = ping(bytes).messageNo();
          element.say(3, pong(bytes, number < 3 ? number : number + 5));
        });
    PingPongSummary summary = run(pool, 4);
    assertThat(told).containsExactly("1/1 in 3", "2/2 in 3", "gap 3 8", "3/8 in 3", "4/9 in 3");
    assertThat(summary.gaps()).isEqualTo(1);
  }

  @Test
  void withoutACookieNumbersBeginAnewAndThatIsNoGap() {
    FakePool pool =
        new FakePool((element, bytes) -> {
          long number = ping(bytes).messageNo();
          if (element.number() == 1) {
            element.say(3, pong(bytes, number));
            element.die(600);
          } else {
            element.say(3, pong(bytes, number - 2));
          }
        });
    PingPongSummary summary = run(pool, 4);
    assertThat(told)
        .containsExactly("1/1 in 3", "2/2 in 3", "moved, again 0", "3/1 in 3", "4/2 in 3");
    assertThat(summary).isEqualTo(new PingPongSummary(4, 4, 0, 1));
  }

  @Test
  void silentElementIsLeftAndWhatItOwesIsAskedAgain() {
    FakePool pool =
        new FakePool((element, bytes) -> {
          if (element.number() > 1) {
            element.say(3, pong(bytes, ping(bytes).messageNo()));
          }
        });
    PingPongSummary summary = run(pool, 2);
    assertThat(pool.failures()).containsExactly("Ping 1 has had no answer for PT3S");
    assertThat(numbers(pool)).containsExactly(1L, 2L, 1L, 2L);
    assertThat(told).containsExactly("moved, again 2", "1/1 in 3003", "2/2 in 2503");
    assertThat(summary.moves()).isEqualTo(1);
  }

  @Test
  void elementThatTalksNonsenseIsLeft() {
    FakePool pool =
        new FakePool((element, bytes) -> {
          switch (element.number()) {
            case 1 -> element.say(1, bytes);
            case 2 -> element.say(1, new byte[4]);
            default -> element.say(1, pong(bytes, 1));
          }
        });
    PingPongSummary summary = run(pool, 1);
    assertThat(pool.failures()).hasSize(2);
    assertThat(summary).isEqualTo(new PingPongSummary(1, 1, 0, 2));
  }
}
