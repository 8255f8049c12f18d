package io.rserpool.services.calculation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CapacityTest {

  private static final long SECOND = 1_000_000_000;
  private static final long SEED = Long.getLong("rserpool.seed", 34);

  private static Capacity.Job begin(Capacity capacity, long id, long size, long nowNs) {
    return capacity.begin(id, size, 0, nowNs).orElseThrow();
  }

  @Test
  void jobByItselfHasEverything() {
    Capacity capacity = new Capacity(1_000, 3);
    Capacity.Job job = begin(capacity, 1, 5_000, 7 * SECOND);
    assertThat(capacity.completed(job, 7 * SECOND)).isZero();
    assertThat(capacity.completed(job, 8 * SECOND)).isEqualTo(1_000);
    assertThat(capacity.completed(job, 12 * SECOND - 1)).isEqualTo(4_999);
    assertThat(capacity.completed(job, 12 * SECOND)).isEqualTo(5_000);
    assertThat(capacity.completed(job, 99 * SECOND)).isEqualTo(5_000);
  }

  @Test
  void jobsShareEquallyAndWhoIsCompleteLeavesItsShareToTheOthers() {
    Capacity capacity = new Capacity(1_000, 3);
    Capacity.Job small = begin(capacity, 1, 1_000, 0);
    Capacity.Job large = begin(capacity, 2, 9_000, 0);
    // Until 2 s both get 500 a second, from then on the large one has everything.
    assertThat(capacity.completed(large, 5 * SECOND)).isEqualTo(1_000 + 3 * 1_000);
    assertThat(capacity.completed(small, 5 * SECOND)).isEqualTo(1_000);
  }

  @Test
  void completeJobKeepsItsPlaceUntilItIsEnded() {
    Capacity capacity = new Capacity(1_000, 2);
    Capacity.Job first = begin(capacity, 1, 10, 0);
    var _ = begin(capacity, 2, 10_000, 0);
    assertThat(capacity.load()).isEqualTo(1.0);
    assertThat(capacity.begin(3, 1, 0, SECOND)).isEmpty();
    capacity.end(first, SECOND);
    assertThat(capacity.load()).isEqualTo(0.5);
    assertThat(capacity.begin(3, 1, 0, SECOND)).isPresent();
  }

  @Test
  void workThatIsDoneAlreadyCounts() {
    Capacity capacity = new Capacity(1_000, 2);
    Capacity.Job job = capacity.begin(1, 3_000, 2_500, 0).orElseThrow();
    assertThat(capacity.completed(job, SECOND / 4)).isEqualTo(2_750);
    Capacity.Job more = capacity.begin(2, 3_000, 4_000, SECOND).orElseThrow();
    assertThat(capacity.completed(more, SECOND)).isEqualTo(3_000);
  }

  @Test
  void bestTimeIsThatWithoutCompany() {
    Capacity capacity = new Capacity(1_000, 2);
    assertThat(capacity.nsAtBest(1)).isEqualTo(SECOND / 1_000);
    assertThat(capacity.nsAtBest(0)).isZero();
    assertThat(capacity.nsAtBest(-5)).isZero();
  }

  /// However often somebody looks, all that was calculated is the capacity times the time in which
  /// there was something to do.
  @Test
  void nothingOfTheCapacityIsLostOrDoubled() {
    for (long run = 0; run < 200; run++) {
      SplittableRandom random = new SplittableRandom(SEED + run);
      Capacity capacity = new Capacity(1_000_000, 20);
      List<Capacity.Job> jobs = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        jobs.add(begin(capacity, i, random.nextLong(1, 3_000_000), 0));
      }
      long total = jobs.stream().mapToLong(Capacity.Job::size).sum();
      long now = 0;
      long end = total * 1_000;
      while (now < end) {
        now = Math.min(end, now + random.nextLong(1, end / 5));
        long then = now;
        long done = jobs.stream().mapToLong(job -> capacity.completed(job, then)).sum();
        assertThat(done)
            .as("-Drserpool.seed=%d", SEED + run)
            .isCloseTo(now / 1_000, within((long) jobs.size() + 1));
      }
      for (Capacity.Job job : jobs) {
        assertThat(capacity.completed(job, end + 1_000)).isEqualTo(job.size());
      }
    }
  }
}
