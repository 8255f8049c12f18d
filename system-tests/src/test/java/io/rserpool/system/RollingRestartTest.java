package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class RollingRestartTest {
  private static final int ELEMENTS = 20;

  private final OperationScope scope = new OperationScope();

  @AfterEach
  void end() {
    scope.close();
  }

  @Test
  void allRegistrarsAreRestartedOneAfterTheOtherAndNobodyNotices() {
    scope.startRegistrars();
    scope.startElements(ELEMENTS / 2, ELEMENTS / 2);
    RunningUsers users = scope.startUsers(4);
    scope.awaitAgreement();
    users.awaitMore();

    for (int i = 0; i < OperationScope.SIZE; i++) {
      String before = scope.registrar(i).id();
      scope.registrar(i).process().signal("TERM");
      scope.registrar(i).process().awaitExit();
      scope.restart(i);
      assertThat(scope.registrar(i).id()).isNotEqualTo(before);
      users.assertServed(ELEMENTS);
    }

    scope.awaitAgreement();
    users.assertServed(ELEMENTS);
    assertThat(users.process().out().text()).doesNotContain("left ");
  }
}
