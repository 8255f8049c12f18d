package io.rserpool.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Policy;
import io.rserpool.protocol.Policy.Random;
import io.rserpool.protocol.Policy.RandomizedLeastUsed;
import io.rserpool.protocol.Policy.RandomizedLeastUsedDegradation;
import io.rserpool.protocol.Policy.RandomizedPriorityLeastUsed;
import io.rserpool.protocol.Policy.RandomizedPriorityLeastUsedDegradation;
import io.rserpool.protocol.Policy.WeightedRandom;
import io.rserpool.protocol.Policy.WeightedRandomDpf;
import io.rserpool.protocol.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The policies that draw (RFC 5356 sections 4.3, 4.4 and 5.4, delay draft, rsplib). Each
/// distribution is compared with its theory by a chi-square test at the level 0.001, with a fixed
/// seed.
class RandomPoliciesTest {

  private static final long FULL = Policy.FULL;
  private static final int DRAWS = 60_000;

  /// Critical values of the chi-square distribution at 0.001, by degrees of freedom from 1 on.
  private static final double[] CRITICAL = {
    10.828, 13.816, 16.266, 18.467, 20.515, 22.458, 24.322, 26.124, 27.877, 29.588, 31.264
  };

  private static Line line(List<? extends Policy> policies) {
    Line line = Line.of(policies.getFirst());
    char name = 'A';
    for (Policy policy : policies) {
      line.add(String.valueOf(name++), policy);
    }
    return line;
  }

  /// Draws ordered answers of two and compares how often each came with its probability: the weight
  /// of the first, and the weight of the second among those left.
  private static void assertDrawsInProportion(List<? extends Policy> policies, double... weights) {
    Line line = line(policies);
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      counts.merge(line.select(2), 1, Integer::sum);
    }
    double sum = java.util.Arrays.stream(weights).sum();
    double chiSquare = 0;
    int cells = 0;
    for (int first = 0; first < weights.length; first++) {
      for (int second = 0; second < weights.length; second++) {
        double share = weights[first] / sum * weights[second] / (sum - weights[first]);
        String answer = "" + (char) ('A' + first) + (char) ('A' + second);
        int count = counts.getOrDefault(answer, 0);
        if (first == second || share == 0) {
          assertThat(count).describedAs(answer).isZero();
        } else {
          double expected = DRAWS * share;
          assertThat(expected)
              .describedAs("expected %s, enough for the test", answer)
              .isGreaterThan(5);
          chiSquare += (count - expected) * (count - expected) / expected;
          cells++;
        }
      }
    }
    assertThat(chiSquare)
        .describedAs("chi-square of %s with %d cells, counts %s", policies, cells, counts)
        .isLessThan(CRITICAL[cells - 2]);
  }

  @Test
  void randomDrawsAllMembersEquallyOften() {
    Random random = new Random();
    assertDrawsInProportion(List.of(random, random, random, random), 1, 1, 1, 1);
  }

  @Test
  void weightedRandomDrawsInProportionToWeight() {
    assertDrawsInProportion(
        List.of(
            new WeightedRandom(1),
            new WeightedRandom(5),
            new WeightedRandom(2),
            new WeightedRandom(0)),
        1,
        5,
        2,
        0);
    assertDrawsInProportion(
        List.of(
            new WeightedRandom(FULL), new WeightedRandom(FULL / 2), new WeightedRandom(FULL / 4)),
        4,
        2,
        1);
  }

  @Test
  void weightedRandomWithDistanceLosesWeightForEachMillisecond() {
    assertDrawsInProportion(
        List.of(
            new WeightedRandomDpf(8000, FULL / 100, 0),
            new WeightedRandomDpf(8000, FULL / 100, 50),
            new WeightedRandomDpf(4000, FULL / 100, 75)),
        8,
        4,
        1);
  }

  @Test
  void randomizedLeastUsedDrawsInProportionToWhatIsLeft() {
    assertDrawsInProportion(
        List.of(
            new RandomizedLeastUsed(0),
            new RandomizedLeastUsed(FULL / 2),
            new RandomizedLeastUsed(FULL - FULL / 4),
            new RandomizedLeastUsed(FULL)),
        4,
        2,
        1,
        0);
  }

  @Test
  void randomizedPriorityLeastUsedLeavesRoomForOneMoreSession() {
    assertDrawsInProportion(
        List.of(
            new RandomizedPriorityLeastUsed(0, FULL / 2),
            new RandomizedPriorityLeastUsed(FULL / 4, FULL / 2),
            new RandomizedPriorityLeastUsed(0, 0),
            new RandomizedPriorityLeastUsed(FULL, FULL)),
        2,
        1,
        4,
        0);
  }

  @Test
  void degradedRandomPoliciesDrawInProportionAsLongAsTheyAreRenewed() {
    RandomizedLeastUsedDegradation half = new RandomizedLeastUsedDegradation(FULL / 2, FULL / 2);
    RandomizedLeastUsedDegradation none = new RandomizedLeastUsedDegradation(0, 1);
    assertFirstDrawInProportion(half, none, 1, 2);
    assertFirstDrawInProportion(
        new RandomizedPriorityLeastUsedDegradation(FULL / 4, FULL / 2),
        new RandomizedPriorityLeastUsedDegradation(0, 0),
        1,
        4);
  }

  private static void assertFirstDrawInProportion(
      Policy first, Policy second, double firstWeight, double secondWeight) {
    Line line = line(List.of(first, second));
    int count = 0;
    for (int i = 0; i < DRAWS; i++) {
      count += line.select(1).equals("A") ? 1 : 0;
      line.renew("A", first).renew("B", second);
    }
    double expected = DRAWS * firstWeight / (firstWeight + secondWeight);
    double other = DRAWS - expected;
    double difference = count - expected;
    assertThat(difference * difference / expected + difference * difference / other)
        .describedAs("chi-square of %s against %s, drawn %d times", first, second, count)
        .isLessThan(CRITICAL[0]);
  }

  @Test
  void selectionsUseUpWhatIsLeftUntilTheNextRenewal() {
    Line line =
        line(
            List.of(
                new RandomizedLeastUsedDegradation(0, FULL),
                new RandomizedLeastUsedDegradation(0, FULL / 2)));
    assertThat(line.select(2).chars().sorted().toArray()).containsExactly('A', 'B');
    // A is full now and B half full, in which state it serves alone until it is full as well.
    assertThat(line.select(2)).isEqualTo("B");
    line.renew("A", new RandomizedLeastUsedDegradation(0, FULL));
    // Half of 0xffffffff twice leaves B one share in 2^32.
    assertThat(line.select(1)).isEqualTo("A");
  }

  @Test
  void membersWithoutWeightAreDrawnEquallyOftenIfNoOtherIsLeft() {
    WeightedRandom none = new WeightedRandom(0);
    assertDrawsInProportion(List.of(none, none, none, none), 1, 1, 1, 1);
    assertThat(line(List.of(none, new WeightedRandom(1), none)).select(3)).isEqualTo("B");
  }

  @Test
  void fullElementsKeepTheSmallestWeightInProfileRsplib() {
    PolicyRules rules = PolicyRules.standard(SelectionSettings.forProfile(Profile.RSPLIB));
    RandomizedLeastUsed full = new RandomizedLeastUsed(FULL);
    Line line = new Line(rules, full, 1).add("A", full).add("B", new RandomizedLeastUsed(FULL - 1));
    int count = 0;
    for (int i = 0; i < DRAWS; i++) {
      count += line.select(1).equals("A") ? 1 : 0;
    }
    double difference = count - DRAWS / 2.0;
    assertThat(2 * difference * difference / (DRAWS / 2.0)).isLessThan(CRITICAL[0]);
    assertThat(line.select(2)).hasSize(2);
  }

  @Test
  void answersNeverRepeatAMemberAndHoldAsManyAsThereAre() {
    List<WeightedRandom> policies =
        List.of(new WeightedRandom(1), new WeightedRandom(FULL), new WeightedRandom(7));
    for (Line line :
        List.of(line(policies), line(List.of(new Random(), new Random(), new Random())))) {
      for (int i = 0; i < 100; i++) {
        assertThat(line.select(3).chars().sorted().toArray()).containsExactly('A', 'B', 'C');
        assertThat(line.select(100)).hasSize(3);
      }
    }
  }

  @Test
  void aDrawAsksForAsManyRandomNumbersAsItReturnsMembers() {
    long[] calls = new long[1];
    java.util.random.RandomGenerator counting =
        () -> {
          calls[0]++;
          return 0x5555_5555_5555_5555L;
        };
    for (Policy policy : List.of(new WeightedRandom(1), new Random())) {
      Selection<Line.Named> selection =
          PolicyRules.standard(SelectionSettings.forProfile(Profile.RFC))
              .find(policy.type())
              .orElseThrow()
              .newSelection();
      for (int i = 0; i < 1024; i++) {
        selection.add(new Line.Named("member " + i, policy));
      }
      for (int items : new int[] {1, 3, 50}) {
        calls[0] = 0;
        assertThat(selection.select(items, counting)).hasSize(items);
        assertThat(calls[0]).isBetween((long) items, 2L * items);
      }
    }
  }
}
