package io.rserpool.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoiceTest {

  private static final long PERCENT = Policy.FULL / 100;

  private final Choice choice = new Choice(new SplittableRandom(5));
  private final List<Candidate> candidates = new ArrayList<>();

  /// A pool of connected elements, numbered from 1, with the given values.
  private void pool(Policy... values) {
    for (int i = 0; i < values.length; i++) {
      candidates.add(
          new Candidate(Elements.of(i + 1, values[i]), new FakeHelper.Connection(List.of())));
    }
    told(values);
    candidates.forEach(choice::add);
  }

  private void told(Policy... values) {
    choice.told(values[0], candidates, List.of(values));
  }

  private List<Integer> next(int times) {
    return IntStream.range(0, times).map(_ -> id(choice.next(List.of()))).boxed().toList();
  }

  private static int id(Candidate candidate) {
    return candidate.elementId().value();
  }

  @Test
  void roundRobinTakesTurns() {
    pool(new Policy.RoundRobin(), new Policy.RoundRobin(), new Policy.RoundRobin());
    assertThat(next(7)).containsExactly(1, 2, 3, 1, 2, 3, 1);
  }

  @Test
  void turnsGoOnWhenTheRegistrarSaysTheSameAgain() {
    pool(new Policy.RoundRobin(), new Policy.RoundRobin(), new Policy.RoundRobin());
    next(1);
    told(new Policy.RoundRobin(), new Policy.RoundRobin(), new Policy.RoundRobin());
    assertThat(next(3)).containsExactly(2, 3, 1);
  }

  @Test
  void weightedRoundRobinFollowsTheWeightsAndAvoidsWeightZero() {
    pool(
        new Policy.WeightedRoundRobin(3),
        new Policy.WeightedRoundRobin(1),
        new Policy.WeightedRoundRobin(0));
    List<Integer> chosen = next(40);
    assertThat(chosen).filteredOn(id -> id == 1).hasSize(30);
    assertThat(chosen).filteredOn(id -> id == 2).hasSize(10);
  }

  @Test
  void weightedRandomFollowsTheWeights() {
    pool(new Policy.WeightedRandom(9), new Policy.WeightedRandom(1));
    assertThat(next(1000).stream().filter(id -> id == 1).count()).isBetween(850L, 950L);
  }

  @Test
  void priorityTakesTheHighestWhileItIsConnectedAndTheNextOneThen() {
    pool(new Policy.Priority(1), new Policy.Priority(9), new Policy.Priority(5));
    assertThat(next(3)).containsExactly(2, 2, 2);
    choice.remove(candidates.get(1));
    assertThat(next(2)).containsExactly(3, 3);
    choice.add(candidates.get(1));
    assertThat(next(1)).containsExactly(2);
  }

  @Test
  void leastUsedFollowsTheLoadsThatArePushed() {
    pool(new Policy.LeastUsed(20 * PERCENT), new Policy.LeastUsed(10 * PERCENT));
    assertThat(next(3)).containsExactly(2, 2, 2);
    told(new Policy.LeastUsed(20 * PERCENT), new Policy.LeastUsed(30 * PERCENT));
    assertThat(next(3)).containsExactly(1, 1, 1);
  }

  @Test
  void degradationCountsUntilTheRegistrarTellsAnew() {
    Policy first = new Policy.LeastUsedDegradation(0, 10 * PERCENT);
    Policy second = new Policy.LeastUsedDegradation(25 * PERCENT, 10 * PERCENT);
    pool(first, second);
    assertThat(next(3)).containsExactly(1, 1, 1);
    assertThat(next(1)).containsExactly(2);
    told(first, second);
    assertThat(next(3)).containsExactly(1, 1, 1);
  }

  @Test
  void anElementThatWasTriedBeforeIsAvoidedWhileThereIsAnother() {
    pool(new Policy.Priority(9), new Policy.Priority(5));
    Candidate first = candidates.get(0);
    Candidate second = candidates.get(1);
    assertThat(choice.next(List.of(first))).isSameAs(second);
    assertThat(choice.next(List.of(first, second))).isSameAs(first);
  }

  @Test
  void aPoolWithAnUnknownPolicyOrMixedOnesIsServedInTurn() {
    pool(new Policy.Priority(9), new Policy.RoundRobin());
    assertThat(next(4)).containsExactly(1, 2, 1, 2);
  }

  @Test
  void aPoolMayChangeItsPolicy() {
    pool(new Policy.RoundRobin(), new Policy.RoundRobin());
    next(1);
    told(new Policy.Priority(1), new Policy.Priority(2));
    assertThat(next(2)).containsExactly(2, 2);
    told(new Policy.RoundRobin(), new Policy.RoundRobin());
    assertThat(next(2)).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void nobodyIsChosenFromNobody() {
    assertThat(choice.isEmpty()).isTrue();
    assertThat(choice.next(List.of())).isNull();
  }
}
