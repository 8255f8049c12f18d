package io.rserpool.bench.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void theRateOfSeveralTurnsIsThatOfAllTheirTime() {
    Sample fast = new Sample(100, 1_000_000_000, 100_000, 200_000, Sample.histogram());
    Sample slow = new Sample(100, 3_000_000_000L, 300_000, 200_000, Sample.histogram());
    Sample both = Sample.none().plus(fast).plus(slow);
    assertThat(both.ratePerSecond()).isEqualTo(50);
    assertThat(both.serverUs()).isEqualTo(2);
    assertThat(both.loadUs()).isEqualTo(2);
  }

  @Test
  void latenciesOfSeveralTurnsAreOneDistribution() {
    Sample both = answeredAfter(10_000).plus(answeredAfter(30_000)).plus(answeredAfter(30_000));
    assertThat(both.latency(30)).isEqualTo("10");
    assertThat(both.latency(99)).isEqualTo("30");
  }

  @Test
  void aLoadWithoutSingleAnswersHasNoLatency() {
    assertThat(Sample.none().latency(50)).isEmpty();
  }

  private static Sample answeredAfter(long ns) {
    Histogram latencies = Sample.histogram();
    latencies.recordValue(ns);
    return new Sample(1, 1, 0, 0, latencies);
  }
}
