package io.rserpool.engine.user;

import static io.rserpool.engine.user.UserScript.POOL;
import static io.rserpool.engine.user.UserScript.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Only elements of which the application was told are reported (RFC 5352 section 3.5).
class ReportsTest {

  private static final Policy RR = Policy.RoundRobin.INSTANCE;

  @Test
  void anElementThatNobodyNamedIsNotReportedAndTheAnswerSaysSo() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    assertRefused(user, 1);
    user.select().script.receive(home, found(RR, 1, 2));
    assertThat(user.selected()).isEqualTo(1);
    assertRefused(user, 3);
    assertRefused(user, 2);
    assertThat(user.select().selected()).as("a backup stays one").isEqualTo(2);
    assertReported(user, home, 2);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void aSelectedElementIsReportedEvenWhenItIsNoLongerCached(Profile profile) {
    var user = UserScript.of(profile, 1);
    AssociationId home = user.home();
    user.select().script.receive(home, found(RR, 1));
    user.script.give(new UserRequest.Purge(99, POOL));
    assertReported(user, home, 1);
  }

  @Test
  void elementsThatAResolutionOrAWatchToldOfAreReported() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.resolve(1).script.receive(home, found(RR, 1, 2));
    assertRefused(user, 2);
    assertReported(user, home, 1);
    user.watch().script.receive(home, found(true, RR, 3, 4));
    user.script.give(new UserRequest.Unwatch(99, POOL));
    assertReported(user, home, 3);
    assertReported(user, home, 4);
  }

  @Test
  void theSameIdentifierInAnotherPoolIsAnotherElement() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.resolve(0).script.receive(home, found(RR, 1));
    user.script.give(new UserRequest.Report(99, PoolHandle.of("other"), ElementId.of(1)));
    assertThat(user.script.sent()).isEmpty();
    assertThat(user.script.replies()).singleElement().isInstanceOf(UserResult.Illegal.class);
  }

  @Test
  void whoWasNamedLongestAgoIsForgottenFirst() {
    var named = new Named();
    named.add(POOL, ElementId.of(1));
    named.add(POOL, ElementId.of(2));
    named.add(POOL, ElementId.of(1));
    for (int i = 3; i <= 65_537; i++) {
      named.add(POOL, ElementId.of(i));
    }
    assertThat(named.contains(POOL, ElementId.of(2))).isFalse();
    assertThat(named.contains(POOL, ElementId.of(1))).as("named again").isTrue();
    assertThat(named.contains(POOL, ElementId.of(3))).isTrue();
  }

  private static void assertRefused(UserScript user, int id) {
    assertThat(user.report(id).script.effects()).as("nothing but the answer").hasSize(1);
    assertThat(user.script.replies())
        .containsExactly(
            new UserResult.Illegal(
                "pool echo element 0x%08x is not reported: no resolution, selection or watch named it here"
                    .formatted(id)));
  }

  private static void assertReported(UserScript user, AssociationId home, int id) {
    assertThat(user.report(id).script.sentOn(home))
        .containsExactly(new AsapEndpointUnreachable(POOL, ElementId.of(id)));
    assertThat(user.script.replies()).containsExactly(new UserResult.Done());
  }
}
