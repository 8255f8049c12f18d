package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.MS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LivenessTest {

  private final Liveness liveness =
      new Liveness(new Liveness.Pace(5, 40 * MS, 500 * MS, 50 * MS), 0, 100);

  private void exchange(long atNs, long answerNs) {
    liveness.nextAsk(atNs);
    assertThat(liveness.step(atNs)).isEqualTo(Liveness.Step.ASK);
    liveness.answered(atNs + answerNs);
  }

  @Test
  void nothingIsDueBeforeItsTime() {
    assertThat(liveness.step(99)).isEqualTo(Liveness.Step.WAIT);
    assertThat(liveness.step(100)).isEqualTo(Liveness.Step.ASK);
    assertThat(liveness.isAsking()).isTrue();
    assertThat(liveness.isMissing()).isFalse();
  }

  @Test
  void nearElementIsProbedAtTheLeastGap() {
    exchange(100, MS);
    assertThat(liveness.verdictNs(MS)).isEqualTo(250 * MS);
  }

  @Test
  void farElementGetsMoreTime() {
    for (int i = 1; i <= 40; i++) {
      exchange(i * 1_000 * MS, 30 * MS + i % 2 * 4 * MS);
    }
    assertThat(liveness.verdictNs(50_000 * MS)).isBetween(240 * MS, 290 * MS);
    for (int i = 41; i <= 80; i++) {
      exchange(i * 1_000 * MS, 100 * MS);
    }
    assertThat(liveness.verdictNs(90_000 * MS)).isBetween(590 * MS, 650 * MS);
  }

  @Test
  void singleAnswerHeldUpByALostPacketDoesNotSlowDownTheVerdict() {
    exchange(100, MS);
    liveness.nextAsk(1_000 * MS);
    liveness.step(1_000 * MS);
    assertThat(liveness.step(1_040 * MS)).isEqualTo(Liveness.Step.PROBE);
    liveness.answered(1_042 * MS);
    assertThat(liveness.verdictNs(1_042 * MS)).isEqualTo(250 * MS);
  }

  @Test
  void answersThatAlwaysNeedAProbeTellASlowPath() {
    exchange(100, MS);
    for (int i = 1; i <= 20; i++) {
      liveness.nextAsk(i * 1_000 * MS);
      liveness.step(i * 1_000 * MS);
      liveness.step(i * 1_000 * MS + 40 * MS);
      liveness.answered(i * 1_000 * MS + 60 * MS);
    }
    assertThat(liveness.verdictNs(30_000 * MS)).isGreaterThan(360 * MS);
  }

  @Test
  void gapNeverExceedsItsMost() {
    for (int i = 1; i <= 20; i++) {
      exchange(i * 10_000 * MS, 2_000 * MS);
    }
    assertThat(liveness.verdictNs(900_000 * MS)).isEqualTo(3_000 * MS);
  }

  @Test
  void reporterCountsOnceInAWindow() {
    assertThat(liveness.report("a", 0, 100)).isEqualTo(1);
    assertThat(liveness.report("a", 50, 100)).isEqualTo(1);
    assertThat(liveness.report("b", 99, 100)).isEqualTo(2);
    assertThat(liveness.report("a", 100, 100)).isEqualTo(1);
  }

  @Test
  void reportsAreForgottenOnlyWhenTheElementWasHeardLater() {
    liveness.report("a", 50, 100);
    assertThat(liveness.forgetReports()).isFalse();
    liveness.heard(51);
    assertThat(liveness.forgetReports()).isTrue();
    assertThat(liveness.reports()).isZero();
  }
}
