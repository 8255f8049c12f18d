package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Three registrars, twenty elements, and users who resolve all the time: a registrar dies or
/// stands still, and nobody misses anything.
@Tag("system")
class RegistrarLossTest {
  private static final int ELEMENTS = 20;

  private final OperationScope scope = new OperationScope();

  @BeforeEach
  void begin() {
    scope.startRegistrars();
  }

  @AfterEach
  void end() {
    scope.close();
  }

  @Test
  void aKilledRegistrarIsTakenOverAndNobodyNotices() {
    scope.startElements(ELEMENTS / 2, ELEMENTS / 2);
    RunningUsers users = scope.startUsers(4);
    scope.awaitAgreement();
    users.awaitMore();
    String killed = scope.registrar(0).id();

    scope.registrar(0).process().kill();

    awaitTakeover(killed, ELEMENTS);
    scope.awaitAgreement();
    users.assertServed(ELEMENTS);
    assertThat(users.process().out().text()).doesNotContain("left ");
  }

  @Test
  void elementsThatKnowOnlyTheKilledRegistrarAreReachedByTheNextOne() {
    List<String> only = List.of(scope.registrar(0).asap());
    List<RunningElements> all = scope.startElements(only, ELEMENTS / 2, ELEMENTS / 2);
    RunningUsers users = scope.startUsers(3);
    scope.awaitAgreement();
    users.awaitMore();
    String killed = scope.registrar(0).id();

    scope.registrar(0).process().kill();

    awaitTakeover(killed, ELEMENTS);
    for (RunningElements elements : all) {
      for (String id : elements.ids()) {
        elements
            .process()
            .out()
            .await("element " + id + " has home (?!" + killed + ")", CliProcess.LIMIT);
      }
    }
    scope.awaitAgreement();
    users.assertServed(ELEMENTS);
    assertThat(users.process().out().text()).doesNotContain("left ");
  }

  @Test
  void aFrozenRegistrarIsTakenOverAndConvergesWhenItThaws() {
    scope.startElements(ELEMENTS / 2, ELEMENTS / 2);
    RunningUsers users = scope.startUsers(4);
    scope.awaitAgreement();
    users.awaitMore();
    RunningRegistrar frozen = scope.registrar(0);

    frozen.process().signal("STOP");
    String wins = "event=TakeoverWon peer=" + frozen.id();
    Until.seen("one registrar that takes over", () -> scope.linesLike(wins), won -> won > 0);
    users.assertServed(ELEMENTS);
    frozen.process().signal("CONT");

    scope.awaitAgreement();
    users.assertServed(ELEMENTS);
    assertThat(scope.linesLike(wins)).as("takeovers of the frozen registrar").isOne();
    assertThat(users.process().out().text()).doesNotContain("left ");
  }

  /// One of the two others takes over, and the other one lets it.
  private void awaitTakeover(String killed, int elements) {
    String wins = "event=TakeoverWon peer=" + killed;
    Until.seen("one registrar that takes over", () -> scope.linesLike(wins), won -> won > 0);
    scope.awaitAgreement();
    assertThat(scope.linesLike(wins)).as("takeovers of the killed registrar").isOne();
    assertThat(scope.livingElements()).hasSize(elements);
  }
}
