package io.rserpool.engine.handlespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IdSetTest {

  private final IdSet set = new IdSet();

  @Test
  void identifiersComeInUnsignedOrder() {
    for (int id : new int[] {1, -1, Integer.MIN_VALUE, 0, Integer.MAX_VALUE}) {
      set.add(id);
    }
    assertThat(set.first(9)).containsExactly(0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, -1);
    assertThat(set.after(1, 2)).containsExactly(Integer.MAX_VALUE, Integer.MIN_VALUE);
    assertThat(set.after(-1, 2)).isEmpty();
    assertThat(set.after(7, 1)).containsExactly(Integer.MAX_VALUE);
  }

  @Test
  void addingTwiceAndRemovingWhatIsNotThereAreDefects() {
    set.add(5);
    assertThatThrownBy(() -> set.add(5)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> set.remove(6)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anyMixOfOperationsAgreesWithASortedSet() {
    long seed = Long.getLong("rserpool.seed", 13);
    SplittableRandom random = new SplittableRandom(seed);
    TreeSet<Integer> expected = new TreeSet<>(Integer::compareUnsigned);
    // Growth, shrinkage and growth again, with identifiers that are dense, spread and ascending.
    for (int step = 0; step < 120_000; step++) {
      boolean grow = step / 30_000 % 2 == 0;
      int id =
          switch (step / 10_000 % 3) {
            case 0 -> random.nextInt();
            case 1 -> random.nextInt(20_000) - 10_000;
            default -> step;
          };
      if (random.nextInt(10) < (grow ? 8 : 1)) {
        if (expected.add(id)) {
          set.add(id);
        }
      } else {
        Integer victim = expected.ceiling(id);
        if (victim != null) {
          expected.remove(victim);
          set.remove(victim);
        }
      }
      if (step % 1000 == 0) {
        assertThat(set.first(Integer.MAX_VALUE))
            .describedAs("step %d, seed %d", step, seed)
            .isEqualTo(expected.stream().mapToInt(Integer::intValue).toArray());
      }
      if (step % 50 == 0) {
        int[] some = expected.tailSet(id, false).stream().limit(3).mapToInt(i -> i).toArray();
        assertThat(set.after(id, 3)).describedAs("step %d, seed %d", step, seed).isEqualTo(some);
      }
      assertThat(set.size()).isEqualTo(expected.size());
    }
  }

  @Test
  void depthIsLogarithmicHoweverIdentifiersCome() {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      ids.add(i);
    }
    ids.forEach(set::add);
    assertThat(set.depth()).isLessThanOrEqualTo(4);
    Collections.reverse(ids);
    ids.subList(0, 99_990).forEach(set::remove);
    assertThat(set.depth()).isEqualTo(1);
    Collections.shuffle(ids, new java.util.Random(1));
    IdSet shuffled = new IdSet();
    ids.forEach(shuffled::add);
    assertThat(shuffled.depth()).isLessThanOrEqualTo(4);
    for (int id : ids) {
      shuffled.remove(id);
    }
    assertThat(shuffled.isEmpty()).isTrue();
    assertThat(Arrays.asList(shuffled.depth(), shuffled.size())).containsExactly(1, 0);
  }
}
