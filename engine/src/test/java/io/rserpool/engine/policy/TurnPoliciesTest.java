package io.rserpool.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Policy;
import io.rserpool.protocol.Policy.WeightedRoundRobin;
import io.rserpool.protocol.Profile;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Round robin and weighted round robin (RFC 5356 sections 4.1 and 4.2).
class TurnPoliciesTest {

  private static Line roundRobin() {
    Line line = Line.of(Policy.RoundRobin.INSTANCE);
    return line.add("A", Policy.RoundRobin.INSTANCE)
        .add("B", Policy.RoundRobin.INSTANCE)
        .add("C", Policy.RoundRobin.INSTANCE);
  }

  private static WeightedRoundRobin weight(long weight) {
    return new WeightedRoundRobin(weight);
  }

  private static Line weighted(long... weights) {
    Line line = Line.of(weight(1));
    for (int i = 0; i < weights.length; i++) {
      line.add(String.valueOf((char) ('A' + i)), weight(weights[i]));
    }
    return line;
  }

  @Test
  void roundRobinTakesEachInTurn() {
    assertThat(roundRobin().select(1, 7)).isEqualTo("A B C A B C A");
  }

  @Test
  void roundRobinAnswersOfSeveralMoveTheHeadByOne() {
    assertThat(roundRobin().select(2, 4)).isEqualTo("AB BC CA AB");
    assertThat(roundRobin().select(3, 3)).isEqualTo("ABC BCA CAB");
    assertThat(roundRobin().select(9, 2)).isEqualTo("ABC BCA");
  }

  @Test
  void roundRobinStepsByAsManyAsTheSettingSays() {
    Line line =
        new Line(
            PolicyRules.standard(SelectionSettings.forCache(Profile.STANDARD)),
            Policy.RoundRobin.INSTANCE,
            1);
    for (String name : new String[] {"A", "B", "C", "D", "E"}) {
      line.add(name, Policy.RoundRobin.INSTANCE);
    }
    assertThat(line.select(2, 4)).isEqualTo("AB CD EA BC");
    assertThat(line.select(5, 2)).isEqualTo("DEABC DEABC");
  }

  @Test
  void roundRobinPutsNewMembersAtTheEndOfTheLine() {
    Line line = roundRobin();
    assertThat(line.select(1)).isEqualTo("A");
    line.add("D", Policy.RoundRobin.INSTANCE);
    assertThat(line.select(1, 5)).isEqualTo("B C A D B");
  }

  @Test
  void roundRobinPassesTheHeadOnWhenItsMemberLeaves() {
    Line line = roundRobin();
    assertThat(line.select(1)).isEqualTo("A");
    assertThat(line.remove("B").select(1, 3)).isEqualTo("C A C");
    assertThat(line.remove("A").remove("C").select(2)).isEmpty();
    assertThat(line.add("D", Policy.RoundRobin.INSTANCE).select(2)).isEqualTo("D");
  }

  @Test
  void roundRobinIsNotDisturbedByRenewal() {
    Line line = roundRobin();
    assertThat(line.select(1)).isEqualTo("A");
    line.renew("A", Policy.RoundRobin.INSTANCE).renew("C", Policy.RoundRobin.INSTANCE);
    assertThat(line.select(1, 3)).isEqualTo("B C A");
  }

  @Test
  void equalWeightsGiveRoundRobin() {
    assertThat(weighted(1, 1, 1).select(1, 7)).isEqualTo("A B C A B C A");
    assertThat(weighted(1, 1, 1).select(2, 4)).isEqualTo("AB BC CA AB");
    assertThat(weighted(7, 7, 7).select(1, 9)).isEqualTo("A B C A B C A B C");
  }

  @Test
  void heavyMembersAreInterleavedWithLightOnes() {
    assertThat(weighted(5, 1, 1).select(1, 14)).isEqualTo("A B A A C A A A B A A C A A");
    assertThat(weighted(3, 1).select(1, 8)).isEqualTo("A B A A A B A A");
    assertThat(weighted(2, 1).select(1, 6)).isEqualTo("A B A A B A");
    assertThat(weighted(4, 1, 1, 1, 1).select(1, 8)).isEqualTo("A B A C A D E A");
    assertThat(weighted(1, 1, 1, 1, 4).select(1, 8)).isEqualTo("E A E B E C D E");
  }

  @Test
  void eachMemberIsListedOncePerAnswerOfWeightedRoundRobin() {
    Line line = weighted(5, 1, 1);
    assertThat(line.select(3, 7)).isEqualTo("ABC BCA ACB ACB CAB ABC ABC");
  }

  @Test
  void memberOfWeightZeroIsSelectedOnlyIfNoOtherIsLeft() {
    Line line = weighted(1, 0, 2, 0);
    assertThat(line.select(4)).isEqualTo("CA");
    line.remove("A").remove("C");
    assertThat(line.select(1, 3)).isEqualTo("B D B");
    assertThat(line.renew("B", weight(3)).select(2, 2)).isEqualTo("B B");
    assertThat(line.renew("B", weight(0)).select(2)).isEqualTo("DB");
  }

  @Test
  void newMemberOfEqualWeightIsServedBeforeTheNextRound() {
    Line line = weighted(1, 1, 1);
    assertThat(line.select(1)).isEqualTo("A");
    line.add("D", weight(1));
    assertThat(line.select(1, 8)).isEqualTo("B C D A B C D A");
  }

  @Test
  void unchangedWeightKeepsItsTurn() {
    Line line = weighted(5, 1, 1);
    assertThat(line.select(1, 2)).isEqualTo("A B");
    line.renew("A", weight(5)).renew("B", weight(1)).renew("C", weight(1));
    assertThat(line.select(1, 5)).isEqualTo("A A C A A");
  }

  @Test
  void anyWeightsAreServedExactlyToWithinOneSelectionAtAnyTime() {
    long seed = Long.getLong("rserpool.seed", 3);
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 50; run++) {
      int size = 1 + random.nextInt(12);
      long[] weights = random.longs(size, 1, 30).toArray();
      long sum = java.util.Arrays.stream(weights).sum();
      Line line = weighted(weights);
      long[] counts = new long[size];
      for (int time = 1; time <= 3 * sum; time++) {
        counts[line.select(1).charAt(0) - 'A']++;
        for (int i = 0; i < size; i++) {
          assertThat(Math.abs(counts[i] * sum - time * weights[i]))
              .describedAs(
                  "member %d of weights %s after %d selections, seed %d",
                  i, java.util.Arrays.toString(weights), time, seed)
              .isLessThan(sum);
        }
      }
    }
  }

  @Test
  void settingTheTimeBackDoesNotShow() {
    Line often = new Line(new WeightedRoundRobinSelection<>(1, 1L << 33), 1);
    Line never = new Line(new WeightedRoundRobinSelection<>(1), 1);
    for (int i = 0; i < 7; i++) {
      often.add(String.valueOf((char) ('A' + i)), weight(i * i % 5));
      never.add(String.valueOf((char) ('A' + i)), weight(i * i % 5));
    }
    for (int i = 0; i < 50; i++) {
      assertThat(often.select(2, 40)).isEqualTo(never.select(2, 40));
      String name = String.valueOf((char) ('A' + i % 7));
      assertThat(often.renew(name, weight(i % 4)).remove("G").add("G", weight(3)).select(3))
          .isEqualTo(never.renew(name, weight(i % 4)).remove("G").add("G", weight(3)).select(3));
    }
  }

  @Test
  void hugeWeightsNeitherOverflowNorStarveSmallOnes() {
    Line line = weighted(Policy.FULL, Policy.FULL, 1);
    assertThat(line.select(1, 6)).isEqualTo("A B A B A B");
    assertThat(line.select(3)).isEqualTo("ABC");
  }

  @Test
  void sharesStayEvenAfterMembersLeftInTheMiddleOfARound() {
    Line line = weighted(4, 1, 1, 1, 1, 8);
    assertThat(line.select(1, 5)).hasSize(9);
    line.remove("F").remove("E").renew("D", weight(2)).renew("C", weight(1));
    line.select(1, 100);
    String round = line.select(1, 80).replace(" ", "");
    assertThat(round.chars().filter(c -> c == 'A').count()).isEqualTo(40);
    assertThat(round.chars().filter(c -> c == 'D').count()).isEqualTo(20);
    assertThat(round).doesNotContain("AAA").doesNotContain("DD");
  }

  @Test
  void previewTellsTheNextAnswerAndCountsNothing() {
    for (Line line : new Line[] {roundRobin(), weighted(5, 1, 1)}) {
      for (int i = 0; i < 20; i++) {
        String preview = line.preview(2);
        assertThat(line.preview(2)).isEqualTo(preview);
        assertThat(line.select(2)).isEqualTo(preview);
      }
    }
  }
}
