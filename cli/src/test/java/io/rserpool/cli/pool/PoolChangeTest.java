package io.rserpool.cli.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.Pool;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolChangeTest {
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 1, 5, 12, 0, 0, 7_000_000);
  private static final PoolElementParameter ONE = element(1, new Policy.LeastUsed(0));
  private static final PoolElementParameter TWO = element(2, new Policy.LeastUsed(0));

  private static PoolElementParameter element(int id, Policy policy) {
    AsapTransport.Tcp address =
        new AsapTransport.Tcp(IpAddress.ofBytes(new byte[] {10, 0, 0, (byte) id}), 7);
    return new PoolElementParameter(
        ElementId.of(id), ServerId.of(9), 60, address, policy, AsapTransport.Absent.INSTANCE);
  }

  private static Pool pool(PoolElementParameter... elements) {
    return new Pool(
        PoolHandle.of("P"), new Policy.LeastUsed(0), List.of(elements), Duration.ZERO, true);
  }

  @Test
  void theFirstStateShowsWhoIsPresent() {
    assertThat(PoolChange.first(pool(ONE)).toLines(NOON))
        .containsExactly(
            "12:00:00.007 P 1 element",
            "12:00:00.007 P   present 0x00000001 tcp://10.0.0.1:7 lu load 0.00%");
    assertThat(PoolChange.first(pool()).toLines(NOON))
        .containsExactly("12:00:00.007 P no elements");
  }

  @Test
  void laterStatesShowWhoJoinedLeftAndChanged() {
    PoolElementParameter busy = element(1, new Policy.LeastUsed(Policy.FULL));
    PoolChange first = PoolChange.first(pool(ONE));
    assertThat(first.next(pool(busy, TWO)).toLines(NOON))
        .containsExactly(
            "12:00:00.007 P 2 elements",
            "12:00:00.007 P   joined 0x00000002 tcp://10.0.0.2:7 lu load 0.00%",
            "12:00:00.007 P   changed 0x00000001 tcp://10.0.0.1:7 lu load 100%");
    assertThat(first.next(pool()).toLines(NOON))
        .containsExactly(
            "12:00:00.007 P no elements",
            "12:00:00.007 P   left 0x00000001 tcp://10.0.0.1:7 lu load 0.00%");
  }

  @Test
  void theSameStateAgainIsNoLine() {
    PoolChange again = PoolChange.first(pool(ONE)).next(pool(ONE));
    assertThat(again.isEmpty()).isTrue();
    assertThat(again.toLines(NOON)).isEmpty();
  }
}
