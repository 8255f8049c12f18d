package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ElementWatchTest extends SessionFixture {

  private final BlockingQueue<PoolElementParameter> gone = new LinkedBlockingQueue<>();
  private ElementWatch watch;

  @BeforeEach
  void open() {
    for (int i = 0; i < 3; i++) {
      serve();
    }
    watch = ElementWatch.open(user, POOL, gone::add);
  }

  @AfterEach
  void close() {
    watch.close();
  }

  private ElementWatch.Connection connect(int id) {
    long chosenAt = watch.version();
    return watch.connected(user.select(POOL, ElementId.of(id)), chosenAt);
  }

  private int awaitGone() throws InterruptedException {
    PoolElementParameter element = gone.poll(20, TimeUnit.SECONDS);
    assertThat(element).isNotNull();
    return element.elementId().value();
  }

  @Test
  void elementThatIsOutButStillLetsCallersInIsGone() throws Exception {
    try (ElementWatch.Connection connection = connect(1)) {
      assertThat(watch.isOut(connection.element())).isFalse();
      user.remove(POOL, ElementId.of(1));
      assertThat(awaitGone()).isEqualTo(1);
      assertThat(watch.isOut(connection.element())).isTrue();
    }
    assertThat(watch.isOut(ElementId.of(1))).isFalse();
  }

  @Test
  void elementThatLeavesInOrderIsNotGone() throws Exception {
    try (ElementWatch.Connection first = connect(1);
        ElementWatch.Connection _ = connect(2)) {
      servers.getFirst().stopListening();
      elements.getFirst().leave();
      while (!watch.isOut(first.element()) && !Thread.interrupted()) {
        Thread.onSpinWait();
      }
      // Another one, whose two calls come later and take longer than those of the first.
      user.remove(POOL, ElementId.of(2));
      assertThat(awaitGone()).isEqualTo(2);
      assertThat(gone).isEmpty();
    }
  }

  @Test
  void elementWithoutConnectionsIsOfNoInterest() throws Exception {
    connect(1).close();
    try (ElementWatch.Connection _ = connect(2)) {
      user.remove(POOL, ElementId.of(1));
      user.remove(POOL, ElementId.of(2));
      assertThat(awaitGone()).isEqualTo(2);
      assertThat(gone).isEmpty();
    }
  }

  @Test
  void connectionIsQuietUntilItIsHeard() {
    try (ElementWatch.Connection connection = connect(1)) {
      while (!connection.isQuietFor(Duration.ofMillis(5)) && !Thread.interrupted()) {
        Thread.onSpinWait();
      }
      connection.heard();
      assertThat(connection.isQuietFor(Duration.ofMinutes(1))).isFalse();
    }
  }

  @Test
  void elementThatWasHeardIsBusyForSessionsAsWell() {
    try (ElementWatch.Connection connection = connect(1)) {
      connection.heard();
      assertThat(user.contacts().isBusy(connection.element(), new SocketTimeoutException()))
          .isTrue();
      assertThat(user.contacts().isBusy(ElementId.of(2), new SocketTimeoutException())).isFalse();
    }
  }
}
