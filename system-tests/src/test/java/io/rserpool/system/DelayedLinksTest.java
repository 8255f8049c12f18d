package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Registrars that are far from each other: a relay delays all that they say.
@Tag("system")
class DelayedLinksTest {
  private static final int ELEMENTS = 20;
  private static final Duration DELAY = Duration.ofMillis(100);

  private final OperationScope scope = new OperationScope();
  private final List<Relay> relays = new ArrayList<>();

  @AfterEach
  void end() {
    scope.close();
    relays.forEach(Relay::close);
  }

  @Test
  void farRegistrarsTakeNobodyForDeadButWhoDies() {
    for (int i = 0; i < OperationScope.SIZE; i++) {
      relays.add(Relay.open(scope.enrp(i), DELAY));
    }
    scope.startRegistrars(this::peersOf);
    scope.startElements(ELEMENTS / 2, ELEMENTS / 2);
    RunningUsers users = scope.startUsers(4);
    scope.awaitAgreement();
    users.assertServed(ELEMENTS);
    users.assertServed(ELEMENTS);
    assertThat(scope.linesLike("event=(Dead|Removed) ")).isZero();
    assertThat(relays.stream().filter(relay -> relay.carried() > 0)).hasSizeGreaterThan(1);
    String killed = scope.registrar(0).id();

    scope.registrar(0).process().kill();

    String wins = "event=TakeoverWon peer=" + killed;
    Until.seen("one registrar that takes over", () -> scope.linesLike(wins), won -> won > 0);
    scope.awaitAgreement();
    users.assertServed(ELEMENTS);
    assertThat(scope.linesLike(wins)).as("takeovers of the killed registrar").isOne();
    assertThat(users.process().out().text()).doesNotContain("left ");
  }

  /// The others, by way of their relays.
  private String peersOf(int index) {
    return IntStream.range(0, OperationScope.SIZE)
        .filter(other -> other != index)
        .mapToObj(other -> relays.get(other).address())
        .collect(Collectors.joining(","));
  }
}
