package io.rserpool.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SumTreeTest {

  @Test
  void everyNumberFallsOnTheSlotThatAPlainScanFinds() {
    long seed = Long.getLong("rserpool.seed", 11);
    SplittableRandom random = new SplittableRandom(seed);
    SumTree tree = new SumTree();
    List<Long> expected = new ArrayList<>();
    for (int step = 0; step < 30_000; step++) {
      int kind = random.nextInt(10);
      if (expected.isEmpty() || kind < (step / 5_000 % 2 == 0 ? 5 : 2)) {
        long weight = random.nextInt(4) == 0 ? 0 : random.nextLong(Policy.FULL + 1);
        tree.add(weight);
        expected.add(weight);
      } else if (kind < 7) {
        int slot = random.nextInt(expected.size());
        long weight = random.nextInt(4) == 0 ? 0 : random.nextLong(Policy.FULL + 1);
        tree.set(slot, weight);
        expected.set(slot, weight);
      } else {
        tree.removeLast();
        expected.removeLast();
      }
      if (step % 50 == 0) {
        long sum = expected.stream().mapToLong(Long::longValue).sum();
        assertThat(tree.sum()).describedAs("step %d, seed %d", step, seed).isEqualTo(sum);
        if (sum > 0) {
          long number = random.nextLong(sum);
          assertThat(tree.find(number))
              .describedAs("number %d at step %d, seed %d", number, step, seed)
              .isEqualTo(scan(expected, number));
        }
      }
    }
  }

  @Test
  void slotsBeginAndEndExactlyWhereTheirWeightsDo() {
    SumTree tree = new SumTree();
    for (int slot = 0; slot < 300; slot++) {
      tree.add(slot % 3);
    }
    long begin = 0;
    for (int slot = 0; slot < 300; slot++) {
      if (slot % 3 > 0) {
        assertThat(tree.find(begin)).isEqualTo(slot);
        assertThat(tree.find(begin + slot % 3 - 1)).isEqualTo(slot);
      }
      begin += slot % 3;
    }
    assertThat(tree.sum()).isEqualTo(begin);
  }

  private static int scan(List<Long> weights, long number) {
    long rest = number;
    int slot = 0;
    while (rest >= weights.get(slot)) {
      rest -= weights.get(slot++);
    }
    return slot;
  }
}
