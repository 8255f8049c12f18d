package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Elements and users die or stand still: the elements are gone at all three registrars and for all
/// who watch their pool, and everybody else is left alone.
@Tag("system")
class MemberLossTest {
  private final OperationScope scope = new OperationScope();
  private RunningElements staying;
  private RunningElements going;
  private RunningUsers users;

  @BeforeEach
  void begin() {
    scope.startRegistrars();
    List<RunningElements> all = scope.startElements(14, 6);
    staying = all.getFirst();
    going = all.getLast();
    users = scope.startUsers(3);
    scope.awaitAgreement();
  }

  @AfterEach
  void end() {
    scope.close();
  }

  @Test
  void killedElementsAreGoneEverywhere() {
    going.process().kill();

    awaitGone();
    scope.awaitAgreement();
    assertOthersAreServed();
  }

  @Test
  void frozenElementsAreGoneEverywhereAndComeBackWhenTheyThaw() {
    going.process().signal("STOP");

    awaitGone();
    scope.awaitElements(RunningElements.idsOf(List.of(staying)));
    assertOthersAreServed();
    int before = users.process().out().size();
    going.process().signal("CONT");
    going
        .ids()
        .forEach(id -> users.process().out().await("joined " + id, before, CliProcess.LIMIT));
    scope.awaitAgreement();
    users.awaitMore();
    users.assertServed(20);
  }

  @Test
  void killedAndFrozenUsersHarmNobody() {
    RunningUsers killed = scope.startUsers(3);
    RunningUsers frozen = scope.startUsers(3);

    killed.process().kill();
    frozen.process().signal("STOP");

    users.awaitMore();
    users.assertServed(20);
    scope.awaitAgreement();
    frozen.process().signal("CONT");
    frozen.assertServed(20);
    users.assertServed(20);
    assertThat(users.process().out().text()).doesNotContain("left ");
    assertThat(scope.linesLike("event=(Dead|Removed) ")).isZero();
  }

  private void awaitGone() {
    going.ids().forEach(id -> users.process().out().await("left " + id, CliProcess.LIMIT));
  }

  private void assertOthersAreServed() {
    users.awaitMore();
    users.assertServed(14);
    for (String id : staying.ids()) {
      assertThat(users.process().out().text()).doesNotContain("left " + id);
    }
  }
}
