package io.rserpool.engine.user;

import static io.rserpool.engine.user.UserScript.POOL;
import static io.rserpool.engine.user.UserScript.element;
import static io.rserpool.engine.user.UserScript.found;
import static io.rserpool.engine.user.UserScript.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.hunt.Script;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserEngineTest {

  private static final long MS = Script.MS;
  private static final Policy RR = Policy.RoundRobin.INSTANCE;

  @Test
  void aResolutionIsHeldWhileHuntingAndSentToTheRegistrarThatIsFound() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.resolve(0).script.called().getFirst();
    assertThat(user.script.sent()).isEmpty();
    user.script.up(home);
    assertThat(user.script.sent()).containsExactly(new AsapHandleResolution(POOL, false, 0));
    assertThat(user.script.events())
        .containsExactly(new UserEvent.RegistrarFound(Script.registrars(1).getFirst()));
    user.script.receive(home, found(RR, 1, 2));
    assertThat(user.script.replies())
        .containsExactly(
            new UserResult.Resolved(POOL, RR, List.of(element(1, RR), element(2, RR)), 0, false));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void t1RepeatsTheRequestAndHuntsUntilTheRequestFails(Profile profile) {
    var user = UserScript.of(profile, 2);
    AssociationId home = user.home();
    user.resolve(0);
    user.script.receive(home, refused(CauseCode.UNKNOWN_POOL_HANDLE));
    user.resolve(0);
    long t1Ns =
        MS
            * switch (profile) {
              case STANDARD -> 500;
              case RFC -> 15_000;
              case RSPLIB -> 3000;
            };
    int repetitions = profile == Profile.RSPLIB ? 1 : 2;
    long startNs = user.script.nowNs();
    for (int i = 1; i <= repetitions; i++) {
      assertThat(user.script.passTo(startNs + i * t1Ns - 1).sent()).isEmpty();
      assertThat(user.script.passTo(startNs + i * t1Ns).sentOn(home)).hasSize(1);
      assertThat(user.script.replies()).isEmpty();
    }
    long endNs = startNs + (repetitions + 1) * t1Ns;
    assertThat(user.script.passTo(endNs - 1).replies()).isEmpty();
    assertThat(user.script.passTo(endNs).replies())
        .singleElement()
        .isInstanceOf(UserResult.Unavailable.class);
    assertThat(user.script.pass(60_000 * MS).replies()).isEmpty();
  }

  /// Whoever has just started does everything for the first time, and may be slow.
  @Test
  void firstAnswerOfAllMayTakeLonger() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    long startNs = user.script.nowNs();
    user.resolve(0);
    assertThat(user.script.passTo(startNs + 5000 * MS - 1).replies()).isEmpty();
    user.script.receive(home, found(RR, 1));
    assertThat(user.script.replies()).singleElement().isInstanceOf(UserResult.Resolved.class);
  }

  @Test
  void whoNeverAnswersIsGivenUpAfterFiveSeconds() {
    var user = UserScript.of(Profile.STANDARD, 1);
    user.home();
    long startNs = user.script.nowNs();
    user.resolve(0);
    assertThat(user.script.passTo(startNs + 5000 * MS - 1).replies()).isEmpty();
    assertThat(user.script.passTo(startNs + 5000 * MS).replies())
        .singleElement()
        .isInstanceOf(UserResult.Unavailable.class);
  }

  @Test
  void whereNobodyListensTheFirstRequestFailsInTime() {
    var user = UserScript.of(Profile.STANDARD, 1);
    user.resolve(0);
    long startNs = user.script.nowNs();
    user.script.down(user.script.called().getFirst());
    assertThat(user.script.passTo(startNs + 900 * MS).replies()).isEmpty();
    for (AssociationId call : user.script.passTo(startNs + 1499 * MS).called()) {
      user.script.down(call);
    }
    assertThat(user.script.passTo(startNs + 1500 * MS).replies())
        .singleElement()
        .isInstanceOf(UserResult.Unavailable.class);
  }

  @Test
  void anotherRegistrarThatAnswersTheHuntIsAdopted() {
    var user = UserScript.of(Profile.STANDARD, 2);
    AssociationId silent = user.home();
    user.resolve(0);
    AssociationId other = user.script.pass(600 * MS).called().getFirst();
    user.script.up(other);
    assertThat(user.script.closed()).contains(silent);
    assertThat(user.script.sentOn(other)).hasSize(1);
    user.script.receive(other, found(RR, 1));
    assertThat(user.script.replies()).hasSize(1);
  }

  @Test
  void aLateAnswerOfTheHomeEndsTheHunt() {
    var user = UserScript.of(Profile.STANDARD, 2);
    AssociationId home = user.home();
    user.resolve(0);
    List<AssociationId> calls = user.script.pass(600 * MS).called();
    user.script.receive(home, found(RR, 1));
    assertThat(user.script.closed()).containsExactlyElementsOf(calls);
    assertThat(user.script.replies()).hasSize(1);
  }

  @Test
  void answersAreMatchedByPoolAndNotByOrder() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    PoolHandle other = PoolHandle.of("other");
    user.script.give(new UserRequest.Resolve(100, other, 0));
    user.script.give(new UserRequest.Resolve(101, POOL, 0));
    user.script.receive(home, found(RR, 1));
    assertThat(user.script.effects())
        .hasSize(1)
        .first()
        .extracting(e -> ((Effect.Reply) e).requestId())
        .isEqualTo(101L);
    user.script.receive(home, found(other, false, RR, 2));
    assertThat(user.script.replies()).hasSize(1);
  }

  @Test
  void allWhoAskTheSameAreServedByOneAnswer() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    assertThat(user.resolve(0).questions()).hasSize(1);
    assertThat(user.resolve(0).questions()).isEmpty();
    assertThat(user.select().questions()).isEmpty();
    user.script.receive(home, found(RR, 1));
    assertThat(user.script.replies()).hasSize(3);
  }

  @Test
  void whoeverWantsMoreThanIsAskedForWaitsForAnAnswerOfItsOwn() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.resolve(1);
    assertThat(user.resolve(5).questions()).isEmpty();
    user.script.receive(home, found(RR, 1));
    assertThat(user.script.replies()).hasSize(1);
    assertThat(user.questions()).containsExactly(new AsapHandleResolution(POOL, false, 5));
    user.script.receive(home, found(RR, 1, 2, 3, 4, 5, 6));
    assertThat(((UserResult.Resolved) user.script.replies().getFirst()).elements()).hasSize(5);
  }

  @Test
  void aFreshEntryIsUsedWithItsAgeAndAStaleOneIsNot() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.resolve(0).script.receive(home, found(RR, 1));
    user.script.pass(1000 * MS - 1);
    user.resolve(0);
    assertThat(user.questions()).isEmpty();
    assertThat(((UserResult.Resolved) user.script.replies().getFirst()).ageNs())
        .isEqualTo(1000 * MS - 1);
    user.script.pass(1);
    assertThat(user.resolve(0).questions()).hasSize(1);
    assertThat(user.script.replies()).isEmpty();
  }

  @Test
  void rsplibAsksEveryTimeForWhatIsWanted() {
    var user = UserScript.of(Profile.RSPLIB, 1);
    AssociationId home = user.home();
    for (int i = 0; i < 2; i++) {
      assertThat(user.select().questions())
          .containsExactly(new AsapHandleResolution(POOL, false, 1));
      user.script.receive(home, found(RR, 1));
      assertThat(user.selected()).isEqualTo(1);
    }
  }

  @Test
  void anOldEntryIsBetterThanNoneWhenNoRegistrarAnswers() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.resolve(0).script.receive(home, found(RR, 1));
    user.script.down(home).pass(5000 * MS);
    user.resolve(0);
    assertThat(user.script.replies())
        .singleElement()
        .satisfies(r -> assertThat(((UserResult.Resolved) r).ageNs()).isEqualTo(5000 * MS));
  }

  @Test
  void anUnknownPoolIsToldAndForgotten() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.resolve(0).script.receive(home, found(RR, 1));
    user.script.pass(1000 * MS);
    user.resolve(0).script.receive(home, refused(CauseCode.UNKNOWN_POOL_HANDLE));
    assertThat(user.script.replies()).containsExactly(new UserResult.UnknownPool(POOL));
    assertThat(user.resolve(0).questions()).hasSize(1);
  }

  @Test
  void aRegistrarThatIsNotReadyMakesTheUserAskAnotherOneAndKeepTheCache() {
    var user = UserScript.of(Profile.STANDARD, 2);
    AssociationId home = user.home();
    user.resolve(0).script.receive(home, refused(CauseCode.LACK_OF_RESOURCES));
    assertThat(user.script.replies()).isEmpty();
    AssociationId other = user.script.pass(100 * MS).called().getFirst();
    user.script.up(other);
    assertThat(user.script.sentOn(other)).hasSize(1);
    user.script.receive(other, refused(CauseCode.LACK_OF_RESOURCES));
    long refusedNs = user.script.nowNs();
    assertThat(user.script.passTo(refusedNs + 250 * MS - 1).sent()).isEmpty();
    assertThat(user.script.passTo(refusedNs + 250 * MS).sentOn(other)).hasSize(1);
    user.script.receive(other, found(RR, 1));
    assertThat(user.script.replies()).hasSize(1);
  }

  @Test
  void theOnlyRegistrarIsAskedAgainAfterTheRetryDelay() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.resolve(0).script.receive(home, refused(CauseCode.LACK_OF_RESOURCES));
    assertThat(user.script.pass(250 * MS).sentOn(home)).hasSize(1);
    assertThat(user.script.called()).isEmpty();
  }

  @Test
  void aRefusalForGoodIsToldWhenAllRegistrarsAgree() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.resolve(0).script.receive(home, refused(CauseCode.SECURITY));
    assertThat(user.script.replies())
        .containsExactly(new UserResult.Refused(List.of(ErrorCause.of(CauseCode.SECURITY))));
  }

  @Test
  void roundRobinUsesTheListInOrderAndStartsOver() {
    assertThat(selections(RR, 5)).containsExactly(1, 2, 3, 1, 2);
    assertThat(selections(new Policy.LeastUsed(0), 4)).containsExactly(1, 2, 3, 1);
  }

  @Test
  void randomPoliciesChooseUniformlyWithoutWeightingAgain() {
    for (Policy policy : List.of(new Policy.Random(), new Policy.WeightedRandom(7))) {
      int[] counts = new int[4];
      selections(policy, 3000).forEach(id -> counts[id]++);
      double chiSquare = 0;
      for (int id = 1; id <= 3; id++) {
        chiSquare += (counts[id] - 1000.0) * (counts[id] - 1000.0) / 1000;
      }
      assertThat(chiSquare).as("99.9 % quantile, 2 degrees").isLessThan(13.8);
    }
  }

  @Test
  void priorityAlwaysUsesTheHighestActiveElement() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    var elements =
        List.of(
            element(1, new Policy.Priority(5)),
            element(2, new Policy.Priority(9)),
            element(3, new Policy.Priority(9)));
    user.select()
        .script
        .receive(
            home,
            new AsapHandleResolutionResponse(
                POOL, false, new Found(new Policy.Priority(5), elements)));
    assertThat(user.selected()).isEqualTo(2);
    assertThat(user.select().selected()).isEqualTo(3);
    assertThat(user.select().selected()).isEqualTo(2);
    user.report(2);
    assertThat(user.select().selected()).isEqualTo(3);
    user.report(3);
    assertThat(user.select().selected()).isEqualTo(1);
  }

  private static List<Integer> selections(Policy policy, int count) {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.select().script.receive(home, found(policy, 1, 2, 3));
    List<Integer> chosen = new ArrayList<>();
    chosen.add(user.selected());
    while (chosen.size() < count) {
      chosen.add(user.select().selected());
    }
    return chosen;
  }

  @Test
  void theSameElementIsChosenAgainByItsIdentifierWhileItIsThere() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.select(ElementId.of(2)).script.receive(home, found(RR, 1, 2, 3));
    assertThat(user.selected()).isEqualTo(2);
    assertThat(user.select().selected()).as("a wish is nobody's turn").isEqualTo(1);
    user.report(2);
    assertThat(user.select(ElementId.of(2)).selected()).isEqualTo(3);
  }

  @Test
  void aReportDropsTheElementAndTellsTheRegistrarOnce() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.select().script.receive(home, found(RR, 1, 2));
    user.report(1);
    assertThat(user.script.sentOn(home))
        .containsExactly(new AsapEndpointUnreachable(POOL, ElementId.of(1)));
    assertThat(user.script.replies()).containsExactly(new UserResult.Done());
    assertThat(user.script.events())
        .containsExactly(new UserEvent.ElementReported(POOL, ElementId.of(1)));
    assertThat(user.select().selected()).isEqualTo(2);
    assertThat(user.select().selected()).isEqualTo(2);
  }

  @Test
  void reportsAreLimitedPerPool() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.resolve(0).script.receive(home, found(RR, IntStream.rangeClosed(1, 13).toArray()));
    for (int i = 1; i <= 10; i++) {
      assertThat(user.report(i).script.sent()).hasSize(1);
    }
    assertThat(user.report(11).script.sent()).isEmpty();
    assertThat(user.script.replies()).singleElement().isInstanceOf(UserResult.Unavailable.class);
    user.script.pass(1000 * MS - 1);
    assertThat(user.report(12).script.sent()).isEmpty();
    user.script.pass(1);
    assertThat(user.report(13).script.sent()).hasSize(1);
  }

  @Test
  void aReportWaitsForARegistrarAndFailsInBoundedTime() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.resolve(0).script.receive(home, found(RR, 1, 2)).down(home);
    assertThat(user.report(1).script.replies()).isEmpty();
    AssociationId call = user.script.pass(100 * MS).called().getFirst();
    user.report(1);
    user.script.up(call);
    assertThat(user.script.sent()).as("one event, one report").hasSize(1);
    assertThat(user.script.replies()).hasSize(2);
    user.script.down(call);
    user.report(2);
    assertThat(user.script.pass(1500 * MS - 1).replies()).isEmpty();
    assertThat(user.script.pass(1).replies())
        .singleElement()
        .isInstanceOf(UserResult.Unavailable.class);
  }

  @Test
  void aWatchSubscribesTellsTheStateAndEveryPushedChange() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.watch();
    assertThat(user.script.replies()).containsExactly(new UserResult.Done());
    assertThat(user.questions())
        .containsExactly(new AsapHandleResolution(POOL, true, AsapHandleResolution.ALL_ITEMS));
    user.script.receive(home, found(true, RR, 1, 2));
    assertThat(user.script.events())
        .containsExactly(
            new UserEvent.PoolChanged(POOL, RR, List.of(element(1, RR), element(2, RR)), true));
    user.script.receive(home, found(true, RR, 2, 1));
    assertThat(user.script.events()).as("another turn is no change").isEmpty();
    user.script.receive(home, found(true, RR, 2));
    assertThat(user.script.events()).hasSize(1);
    user.script.receive(home, refused(CauseCode.UNKNOWN_POOL_HANDLE));
    assertThat(user.script.events())
        .containsExactly(new UserEvent.PoolChanged(POOL, RR, List.of(), false));
    user.script.pass(1000 * MS - 1);
    assertThat(user.questions()).isEmpty();
    user.script.pass(1);
    assertThat(user.questions()).as("a pool created later is noticed").hasSize(1);
    user.script.receive(home, found(true, RR, 7));
    assertThat(user.script.events()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void aSubscriptionIsRefreshedExactlyInTime(Profile profile) {
    var user = UserScript.of(profile, 1);
    AssociationId home = user.home();
    assertThat(user.watch().questions().getFirst().sendUpdates())
        .isEqualTo(profile != Profile.RSPLIB);
    user.script.receive(home, found(profile != Profile.RSPLIB, RR, 1));
    long refreshNs = (profile == Profile.RFC ? 30_000 : 3000) * MS;
    long answeredNs = user.script.nowNs();
    assertThat(user.script.passTo(answeredNs + refreshNs - 1).sent()).isEmpty();
    user.script.passTo(answeredNs + refreshNs);
    assertThat(user.questions()).hasSize(1);
  }

  @Test
  void aSubscribedPoolIsFreshUntilRefreshAndT1ArePast() {
    var user = UserScript.of(Profile.STANDARD, 2);
    AssociationId home = user.home();
    user.watch().script.receive(home, found(true, RR, 1));
    user.script.pass(3500 * MS - 1);
    UserResult fresh = (UserResult) user.resolve(0).script.replies().getFirst();
    assertThat(fresh)
        .isEqualTo(new UserResult.Resolved(POOL, RR, List.of(element(1, RR)), 3500 * MS - 1, true));
    user.script.pass(1);
    assertThat(user.resolve(0).script.replies()).isEmpty();
  }

  @Test
  void withoutTheAFlagThePoolIsPolledAtTheStaleValue() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.watch().script.receive(home, found(false, RR, 1));
    assertThat(user.script.pass(1000 * MS - 1).sent()).isEmpty();
    assertThat(user.script.pass(1).sent()).hasSize(1);
  }

  @Test
  void aNewRegistrarIsSubscribedAtOnceAndAnUnwatchEndsIt() {
    var user = UserScript.of(Profile.STANDARD, 2);
    AssociationId home = user.home();
    user.watch().script.receive(home, found(true, RR, 1));
    AssociationId next = user.script.down(home).pass(100 * MS).called().getFirst();
    user.script.up(next);
    assertThat(user.questions().getFirst().sendUpdates()).isTrue();
    user.script.receive(next, found(true, RR, 1));
    assertThat(user.script.events()).as("nothing has changed").isEmpty();
    user.script.give(new UserRequest.Unwatch(50, POOL));
    assertThat(user.questions().getFirst().sendUpdates()).isFalse();
    user.script.receive(next, found(false, RR, 1, 2));
    assertThat(user.script.events()).isEmpty();
    assertThat(user.script.pass(60_000 * MS).sent()).isEmpty();
  }

  @Test
  void aPushedRoundRobinListContinuesBehindTheElementUsedLast() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.watch().script.receive(home, found(true, RR, 1, 2, 3));
    assertThat(user.select().selected()).isEqualTo(1);
    assertThat(user.select().selected()).isEqualTo(2);
    user.script.receive(home, found(true, RR, 1, 2, 3, 4));
    assertThat(user.select().selected()).isEqualTo(3);
  }

  @Test
  void aDismissalIsADeregistrationWithALeaveRequest() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    ElementId id = ElementId.of(1);
    user.script.give(new UserRequest.Dismiss(9, POOL, id, LeaveRequest.DRAIN));
    assertThat(user.script.sent())
        .containsExactly(new AsapDeregistration(POOL, id, LeaveRequest.DRAIN));
    user.script.receive(home, new AsapDeregistrationResponse(POOL, id, List.of()));
    assertThat(user.script.replies()).containsExactly(new UserResult.Done());
    user.script.give(new UserRequest.Dismiss(10, POOL, id, LeaveRequest.REMOVE));
    user.script.receive(
        home, new AsapDeregistrationResponse(POOL, id, List.of(ErrorCause.of(CauseCode.SECURITY))));
    assertThat(user.script.replies()).singleElement().isInstanceOf(UserResult.Refused.class);
  }

  @Test
  void waitingRequestsWatchesAndCacheAreBounded() {
    var settings =
        UserScript.settings(Profile.STANDARD, 1).toBuilder()
            .requestsMax(2)
            .watchesMax(1)
            .cacheMax(2)
            .build();
    var user = new UserScript(settings);
    AssociationId home = user.home();
    user.resolve(0).resolve(0);
    assertThat(user.resolve(0).script.replies())
        .singleElement()
        .isInstanceOf(UserResult.Unavailable.class);
    user.script.receive(home, found(RR, 1));
    user.watch();
    user.script.give(new UserRequest.Watch(50, PoolHandle.of("other")));
    assertThat(user.script.replies()).singleElement().isInstanceOf(UserResult.Unavailable.class);
    var cache = new Cache(settings, handle -> handle.equals(POOL));
    for (String name : List.of("echo", "a", "b", "c")) {
      cache.put(PoolHandle.of(name), new CachedPool(RR, List.of(element(1, RR)), 0, 0, false));
    }
    assertThat(cache.get(POOL)).as("watched").isNotNull();
    assertThat(cache.get(PoolHandle.of("b"))).isNull();
    assertThat(cache.get(PoolHandle.of("c"))).isNotNull();
  }

  @Test
  void shutdownAnswersEverybodyAndDoesNothingAfterwards() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.watch();
    user.resolve(0).resolve(0);
    user.script.give(new UserRequest.Shutdown(99));
    assertThat(user.script.replies()).hasSize(3);
    assertThat(user.script.closed()).containsExactly(home);
    assertThat(user.script.pass(600_000 * MS).effects()).isEmpty();
    assertThat(user.resolve(0).script.replies())
        .singleElement()
        .isInstanceOf(UserResult.Unavailable.class);
  }
}
