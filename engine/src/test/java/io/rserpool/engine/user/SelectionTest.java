package io.rserpool.engine.user;

import static io.rserpool.engine.user.UserScript.POOL;
import static io.rserpool.engine.user.UserScript.element;
import static io.rserpool.engine.user.UserScript.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse.Found;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a selection asks for, and by which policy it chooses.
class SelectionTest {

  private static final Policy RR = Policy.RoundRobin.INSTANCE;

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"STANDARD", "RFC"})
  void aSelectionAsksForSeveralElementsAndKeepsTheOthersAsBackups(Profile profile) {
    var user = UserScript.of(profile, 1);
    AssociationId home = user.home();
    assertThat(user.select().questions()).containsExactly(new AsapHandleResolution(POOL, false, 0));
    user.script.receive(home, found(new Policy.LeastUsed(0), 1, 2, 3));
    assertThat(user.selected()).isEqualTo(1);
    user.report(1);
    assertThat(user.select().selected()).as("without another question").isEqualTo(2);
    assertThat(user.questions()).isEmpty();
  }

  @Test
  void thePolicyOfThePoolDecidesWhateverItsElementsSay() {
    Policy high = new Policy.Priority(9);
    Policy low = new Policy.Priority(1);
    assertThat(selections(RR, element(1, low), element(2, high), element(3, low)))
        .containsExactly(1, 2, 3, 1, 2, 3);
    assertThat(
            selections(
                new Policy.LeastUsed(0),
                element(1, new Policy.Random()),
                element(2, new Policy.Random())))
        .containsExactly(1, 2, 1, 2, 1, 2);
    assertThat(selections(high, element(1, RR), element(2, low), element(3, high)))
        .containsExactly(3, 3, 3, 3, 3, 3);
  }

  @Test
  void thePolicyOfThePoolIsToldWhateverItsElementsSay() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.watch();
    user.resolve(0).script.receive(home, answer(RR, element(1, new Policy.Priority(9))));
    assertThat(user.script.replies())
        .singleElement()
        .satisfies(r -> assertThat(((UserResult.Resolved) r).policy()).isEqualTo(RR));
    assertThat(user.script.events())
        .singleElement()
        .satisfies(e -> assertThat(((UserEvent.PoolChanged) e).policy()).isEqualTo(RR));
  }

  private static List<Integer> selections(Policy policy, PoolElementParameter... elements) {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.select().script.receive(home, answer(policy, elements));
    List<Integer> chosen = new ArrayList<>(List.of(user.selected()));
    while (chosen.size() < 6) {
      chosen.add(user.select().selected());
    }
    return chosen;
  }

  private static AsapHandleResolutionResponse answer(
      Policy policy, PoolElementParameter... elements) {
    return new AsapHandleResolutionResponse(POOL, false, new Found(policy, List.of(elements)));
  }
}
