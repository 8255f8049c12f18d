package io.rserpool.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlotHeapTest {

  private record Expected(long rank, long sequence, Line.Named member) {}

  private static final Comparator<Expected> ORDER =
      Comparator.comparingLong(Expected::rank).thenComparingLong(Expected::sequence);

  @Test
  void anyMixOfOperationsAgreesWithASortedList() {
    long seed = Long.getLong("rserpool.seed", 7);
    SplittableRandom random = new SplittableRandom(seed);
    MemberBag<Line.Named> members = new MemberBag<>();
    SlotHeap heap = new SlotHeap();
    List<Expected> expected = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      int kind = random.nextInt(10);
      long rank = random.nextInt(-20, 20);
      if (expected.isEmpty() || kind < (step / 4_000 % 2 == 0 ? 4 : 2)) {
        Line.Named member = new Line.Named("member " + step, Policy.RoundRobin.INSTANCE);
        members.add(member);
        heap.add(member.slot, rank, step);
        expected.add(new Expected(rank, step, member));
      } else {
        Expected one = expected.remove(random.nextInt(expected.size()));
        assertThat(heap.contains(one.member().slot)).isTrue();
        if (kind < 7) {
          heap.move(one.member().slot, rank, step);
          assertThat(heap.rank(one.member().slot)).isEqualTo(rank);
          assertThat(heap.sequence(one.member().slot)).isEqualTo(step);
          expected.add(new Expected(rank, step, one.member()));
        } else {
          int slot = one.member().slot;
          heap.remove(slot);
          assertThat(heap.contains(slot)).isFalse();
          members.remove(one.member());
          heap.renumber(members.size(), slot);
        }
      }
      expected.sort(ORDER);
      int wanted = step % 500 == 0 ? expected.size() : random.nextInt(6);
      List<Line.Named> found = new ArrayList<>();
      heap.listFirst(wanted, members, found);
      assertThat(found)
          .describedAs("step %d, seed %d", step, seed)
          .isEqualTo(expected.stream().limit(wanted).map(Expected::member).toList());
      assertThat(heap.size()).isEqualTo(expected.size());
    }
  }

  @Test
  void shiftingAllRanksKeepsTheOrder() {
    MemberBag<Line.Named> members = new MemberBag<>();
    SlotHeap heap = new SlotHeap();
    for (int i = 0; i < 100; i++) {
      members.add(new Line.Named("member " + i, Policy.RoundRobin.INSTANCE));
      heap.add(i, 37L * i % 100, i);
    }
    List<Line.Named> before = new ArrayList<>();
    heap.listFirst(100, members, before);
    heap.shift(-1000);
    List<Line.Named> after = new ArrayList<>();
    heap.listFirst(100, members, after);
    assertThat(after).isEqualTo(before);
    assertThat(heap.firstRank()).isEqualTo(-1000);
  }
}
