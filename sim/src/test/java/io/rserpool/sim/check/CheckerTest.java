package io.rserpool.sim.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ServerId;
import io.rserpool.sim.check.ElementFacts.State;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Every invariant holds where it should and fails where it must.
class CheckerTest {

  private final MadeUp scope = new MadeUp();

  private void violates(String invariant, String process, ThrowingCallable what) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            ViolationException.class,
            e -> {
              assertThat(e.violation().invariant()).isEqualTo(invariant);
              assertThat(e.violation().process()).isEqualTo(process);
              assertThat(e.violation().atNs()).isEqualTo(scope.simulation.nowNs());
            });
  }

  @Test
  void scopeInOrderIsInOrder() {
    scope.element(1);
    scope.element(2);
    scope.calm();
    scope.settled();
    assertThat(scope.checker.checks())
        .containsEntry("living-owner", 4L)
        .hasEntrySatisfying("equal-handlespaces", n -> assertThat(n).isGreaterThan(10));
  }

  @Test
  void livingElementMustNotVanishFromARegistrarInPeace() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.views.get(1).forgets(element.identity());
    violates("nothing-lost", "pr2", scope::look);
  }

  @Test
  void elementThatWasDisturbedMayVanishUntilTheAftermathIsOver() {
    ElementFacts element = scope.element(1);
    scope.calm();
    element.quiet().begins();
    scope.views.get(1).forgets(element.identity());
    scope.look();
    element.quiet().ends(scope.truth.nowNs());
    scope.pass(scope.bounds.aftermathNs() - 1);
    scope.views.get(2).forgets(element.identity());
    scope.look();
    scope.pass(1);
    scope.views.get(0).forgets(element.identity());
    violates("nothing-lost", "pr1", scope::look);
  }

  @Test
  void registrarThatWasDisturbedMayForget() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.registrars.get(1).steady().touched(scope.truth.nowNs());
    scope.views.get(1).forgets(element.identity());
    scope.look();
    assertThat(scope.registrars.get(1).known()).isEmpty();
  }

  @Test
  void elementThatHasLeftMayVanish() {
    ElementFacts element = scope.element(1);
    scope.calm();
    element.is(State.LEAVING, scope.truth.nowNs());
    scope.views.get(0).forgets(element.identity());
    scope.look();
    assertThat(scope.registrars.get(0).known()).isEmpty();
  }

  @Test
  void duringAPartitionAnElementMayVanishSomewhereButNotEverywhere() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.truth.partition().begins();
    scope.truth.partition().ends(scope.truth.nowNs());
    scope.pass(scope.bounds.aftermathNs());
    scope.views.get(0).forgets(element.identity());
    scope.look();
    scope.views.get(1).forgets(element.identity());
    scope.look();
    assertThat(scope.checker.checks()).containsEntry("nothing-lost", 2L);
  }

  @Test
  void deadElementMustBeGoneWithinTheDetectionBound() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.ends(element, State.DEAD);
    scope.pass(scope.bounds.detectionNs() - 1);
    violates("dead-gone", "pr1", () -> scope.pass(1));
  }

  @Test
  void deadElementThatIsGoneInTimeIsInOrder() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.ends(element, State.DEAD);
    scope.pass(scope.bounds.detectionNs() - 1);
    scope.views.forEach(view -> view.forgets(element.identity()));
    scope.look();
    scope.pass(scope.bounds.settleNs());
    assertThat(scope.checker.checks()).containsEntry("dead-gone", 3L);
  }

  @Test
  void whereRegistrarsWereDisturbedTheSettlingTimeCountsFromTheEndOfThat() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.ends(element, State.DEAD);
    scope.registrars.get(2).quiet().begins();
    scope.pass(3 * scope.bounds.settleNs());
    scope.registrars.get(2).quiet().ends(scope.truth.nowNs());
    scope.pass(scope.bounds.settleNs() - 1);
    violates("dead-gone", "pr1", () -> scope.pass(2 * scope.bounds.settleNs()));
  }

  @Test
  void elementThatComesBackIsNoDeadOne() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.ends(element, State.DEAD);
    scope.pass(1);
    element.is(State.IN, scope.truth.nowNs());
    scope.calm();
    assertThat(scope.checker.checks()).containsEntry("dead-gone", 0L);
  }

  private void resolves(long ageNs) {
    scope.checker.observe(
        new Observation.Resolved(scope.user, MadeUp.POOL, List.of(ElementId.of(1)), ageNs, false));
  }

  @Test
  void noAnswerNamesAnElementLongAfterItLeft() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.ends(element, State.LEFT);
    long boundNs = scope.bounds.propagationNs() + scope.bounds.roundTripNs();
    scope.pass(boundNs);
    resolves(0);
    scope.pass(1);
    resolves(1);
    violates("fresh-resolutions", "pu1", () -> resolves(0));
  }

  @Test
  void elementWithTwoOwnersOrNoneIsFound() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.views.get(1).knows(element.identity(), scope.id(1), true);
    violates("living-owner", "pe1", scope::settled);
    scope.views.get(1).knows(element.identity(), scope.id(0), false);
    scope.settled();
    scope.views.get(0).knows(element.identity(), scope.id(0), false);
    violates("living-owner", "pe1", scope::settled);
  }

  @Test
  void elementThatStillWaitsWhenAllHasSettledIsFound() {
    ElementFacts element = scope.element(1);
    scope.calm();
    element.is(State.JOINING, scope.truth.nowNs());
    violates("living-owner", "pe1", scope::settled);
  }

  @Test
  void elementsOfADeadRegistrarHaveANewOwnerWithinTheAdoptionBound() {
    scope.element(1);
    scope.calm();
    scope.dies(0);
    scope.pass(scope.bounds.adoptionNs() - 1);
    violates("living-owner", "pe1", () -> scope.pass(1));
  }

  @Test
  void elementsThatWereAdoptedInTimeAreInOrder() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.dies(0);
    scope.pass(scope.bounds.adoptionNs() - 1);
    scope.views.get(2).knows(element.identity(), scope.id(2), true);
    scope.pass(1);
    assertThat(scope.checker.checks()).containsEntry("living-owner", 1L);
  }

  @Test
  void handlespacesThatDifferAreFound() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.views.get(2).elements.remove(element.identity());
    violates("equal-handlespaces", "pr3", scope::settled);
    scope.views.get(2).knows(element.identity(), scope.id(1), false);
    violates("equal-handlespaces", "pr3", scope::settled);
    scope.views.get(2).knows(element.identity(), scope.id(0), false, 5);
    violates("equal-handlespaces", "pr3", scope::settled);
    scope.views.get(2).knows(element.identity(), scope.id(0), false);
    scope.views.get(2).checksumFault = 1;
    violates("equal-handlespaces", "pr3", scope::settled);
  }

  @Test
  void elementThatDoesNotExistAndRegistrarThatDoesNotServeAreFound() {
    scope.element(1);
    scope.calm();
    scope.views.get(1).isServing = false;
    violates("equal-handlespaces", "pr2", scope::settled);
    scope.views.get(1).isServing = true;
    scope.views.get(1).knows(new Identity(MadeUp.POOL, ElementId.of(9)), scope.id(0), false);
    violates("equal-handlespaces", "pr2", scope::settled);
  }

  @Test
  void peerThatIsMissingOrDeadIsFound() {
    scope.element(1);
    scope.calm();
    scope.views.get(0).peers.removeLast();
    violates("peer-lists", "pr1", scope::settled);
    scope.views.get(0).peers.add(scope.id(2));
    scope.views.get(1).peers.add(ServerId.of(77));
    violates("peer-lists", "pr2", scope::settled);
  }

  @Test
  void peerThatIsOutOfStepIsFound() {
    scope.element(1);
    scope.calm();
    scope.views.get(1).inStep = false;
    violates("peer-lists", "pr2", scope::settled);
  }

  @Test
  void registrarThatServesWithoutTheWholeTableIsFound() {
    ElementFacts element = scope.element(1);
    scope.calm();
    serves(2);
    scope.views.get(2).forgets(element.identity());
    violates("whole-table", "pr3", () -> serves(2));
    scope.registrars.get(0).quiet().touched(scope.simulation.nowNs());
    serves(2);
  }

  @Test
  void registrarThatMerelyPausedMayNotForgetWhoLives() {
    ElementFacts element = scope.element(1);
    scope.calm();
    scope.registrars.get(1).quiet().touched(scope.simulation.nowNs());
    scope.views.get(1).forgets(element.identity());
    violates("nothing-lost", "pr2", scope::look);
  }

  private void serves(int registrar) {
    scope.checker.observe(new Observation.BeginsToServe(scope.registrars.get(registrar)));
  }

  private void wins(int winner, ServerId target) {
    scope.checker.observe(new Observation.TakeoverWon(scope.registrars.get(winner), target));
  }

  @Test
  void deadRegistrarHasOneWinner() {
    ServerId dead = scope.id(0);
    scope.calm();
    scope.dies(0);
    scope.pass(1);
    wins(1, dead);
    wins(1, dead);
    scope.pass(scope.bounds.settleNs());
    violates("one-winner", "pr3", () -> wins(2, dead));
  }

  @Test
  void registrarThatWasOnlyAwayMayBeTakenOverAgainLater() {
    scope.calm();
    wins(1, scope.id(0));
    scope.pass(scope.bounds.arbitrationNs() + 1);
    wins(2, scope.id(0));
    violates("one-winner", "pr2", () -> wins(1, scope.id(0)));
  }

  @Test
  void registrarsThatDoNotReachEachOtherMayBothWin() {
    ServerId dead = scope.id(0);
    scope.calm();
    scope.dies(0);
    scope.truth.partition().begins();
    wins(1, dead);
    wins(2, dead);
    assertThat(scope.checker.checks()).containsEntry("one-winner", 1L);
  }

  @Test
  void subscriberWithAnOldViewIsFound() {
    scope.element(1);
    scope.element(2);
    scope.calm();
    scope.user.told(MadeUp.POOL, List.of(ElementId.of(1)));
    violates("equal-views", "pu1", scope::settled);
  }

  @Test
  void registrarThatKeepsTooMuchIsFound() {
    scope.element(1);
    scope.calm();
    scope.views.get(0).sizes.put("calls", 50);
    scope.settled();
    scope.views.get(0).sizes.put("calls", 200);
    violates("bounded-memory", "pr1", scope::settled);
    scope.views.get(0).sizes.put("calls", 0);
    scope.views.get(0).sizes.put("elements", 2);
    violates("bounded-memory", "pr1", scope::settled);
  }

  @Test
  void messagesThatNobodyAskedForAreFound() {
    long second = 1_000 * MadeUp.MS;
    scope.checker.observe(new Observation.Carried(100 * second, 5_000, 10, 2, 10));
    violates(
        "bounded-messages",
        "-",
        () -> scope.checker.observe(new Observation.Carried(100 * second, 100_000, 10, 2, 10)));
  }
}
