package io.rserpool.registrar;

import static io.rserpool.registrar.AttackedScope.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.registrar.RegistrarEvent;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Floods of keep-alives to an element (RFC 5355 section 2.14), by its registrar or somebody else.
@Timeout(60)
final class KeepAliveAttacksTest {

  private static final int FLOOD = 20_000;
  private static final ServerId LIAR = ServerId.of(0xbad);

  /// The shortest time between two regular keep-alives of profile `standard`.
  private static final double INTERVAL_NS = 0.95e9;

  @TempDir Path directory;

  private AttackedScope scope;

  @BeforeEach
  void start() {
    scope =
        AttackedScope.start(
            directory,
            // Probes after a late answer are not what is counted here.
            config ->
                config.withSettings(
                    config.settings().toBuilder()
                        .set(RegistrarSetting.LIMIT_LOOPBACK, true)
                        .set(RegistrarSetting.KEEP_ALIVE_GAP_MIN, Duration.ofMillis(100))
                        .build()));
  }

  @AfterEach
  void stop() throws Exception {
    scope.end();
  }

  private static AsapEndpointKeepAlive keepAlive(boolean isHome) {
    return new AsapEndpointKeepAlive(LIAR, isHome, POOL, ElementId.NONE);
  }

  /// A report makes the registrar ask the element, but only so often.
  @Test
  void reportsDoNotMakeTheRegistrarFloodAnElement() throws Exception {
    Caller element = scope.call("element", "echo-2");
    ElementId id = ElementId.of(2);
    long beginNs = System.nanoTime();
    assertThat(AttackedScope.register(element, id)).isEmpty();
    AtomicInteger asked = new AtomicInteger();
    Thread.ofPlatform().daemon().start(() -> answer(element, id, asked));

    Caller user = scope.call("user", "flooder");
    user.flood(4_000, _ -> new AsapEndpointUnreachable(POOL, id));
    user.awaitEnd();
    int before = asked.get();
    AttackedScope.awaitUntil(() -> asked.get() > before + 2);

    double intervals = (System.nanoTime() - beginNs) / INTERVAL_NS + 1;
    // One of its own accord and one more for a report, each interval.
    assertThat(asked.get()).isLessThanOrEqualTo((int) (2 * intervals) + 1);
    assertThat(scope.history())
        .noneMatch(
            e -> e instanceof RegistrarEvent.Removed removed && removed.elementId().equals(id));
    scope.assertElementStayed();
  }

  private static void answer(Caller element, ElementId id, AtomicInteger asked) {
    try {
      while (true) {
        element.hear(AsapEndpointKeepAlive.class);
        asked.incrementAndGet();
        element.say(new AsapEndpointKeepAliveAck(POOL, id));
      }
    } catch (IOException _) {
      // The end of the test.
    }
  }

  /// Somebody who is no registrar floods the element, and says that he is its home.
  @Test
  void whoIsNoRegistrarIsNotAnsweredByAnElement() throws Exception {
    ServerId home = scope.registrar().id();
    AttackedScope.awaitUntil(() -> scope.element().homeId().equals(home));
    Endpoint element = scope.callAddress();
    for (String role : List.of("user", "element")) {
      try (Caller liar = Caller.call(element, scope.stage().issue(role, "liar"))) {
        liar.flood(FLOOD, _ -> keepAlive(true));
        assertThat(liar.hearAll(AsapEndpointKeepAliveAck.class)).isEmpty();
      }
    }
    assertThat(scope.element().homeId()).isEqualTo(home);
    scope.assertUnharmed();
  }

  /// A registrar of the scope that has been compromised floods the element, and does not even read what
  /// it answers.
  @Test
  void anElementThatIsFloodedByARegistrarStaysInItsPool() throws Exception {
    Endpoint element = scope.callAddress();
    try (Caller flooder = Caller.call(element, scope.stage().issue("registrar", "r2"))) {
      flooder.flood(FLOOD, _ -> keepAlive(false)).join();
      scope.assertUnharmed();
    }
    scope.assertUnharmed();
  }
}
