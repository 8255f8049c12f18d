package io.rserpool.bench.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BucketsTest {

  private static final long MS = 1_000_000;

  private final Buckets buckets = new Buckets();

  @Test
  void thePeakIsWhatHappenedWithinOneTimeOfTenMilliseconds() {
    buckets.mark(500);
    buckets.count(3, 500 + 9 * MS);
    buckets.count(4, 500 + 10 * MS);
    buckets.count(2, 500 + 20 * MS - 1);
    buckets.count(5, 500 + 20 * MS);
    assertThat(buckets.figures()).containsEntry("total", 14L).containsEntry("peak", 6L);
  }

  @Test
  void aMarkForgetsWhatWasBefore() {
    buckets.mark(0);
    buckets.count(3, 5 * MS);
    buckets.mark(6 * MS);
    buckets.count(1, 7 * MS);
    assertThat(buckets.figures()).containsEntry("total", 1L).containsEntry("peak", 1L);
  }

  @Test
  void whatIsLaterThanAllBucketsCountsInTheLastOne() {
    buckets.mark(0);
    buckets.count(1, Long.MAX_VALUE);
    buckets.count(1, Long.MAX_VALUE - 1);
    assertThat(buckets.figures()).containsEntry("total", 2L).containsEntry("peak", 2L);
  }
}
