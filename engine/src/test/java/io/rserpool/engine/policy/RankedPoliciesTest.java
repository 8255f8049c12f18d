package io.rserpool.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Policy;
import io.rserpool.protocol.Policy.LeastUsed;
import io.rserpool.protocol.Policy.LeastUsedDegradation;
import io.rserpool.protocol.Policy.LeastUsedDegradationDpf;
import io.rserpool.protocol.Policy.LeastUsedDpf;
import io.rserpool.protocol.Policy.MostUsed;
import io.rserpool.protocol.Policy.Priority;
import io.rserpool.protocol.Policy.PriorityLeastUsed;
import io.rserpool.protocol.Policy.PriorityLeastUsedDegradation;
import io.rserpool.protocol.Policy.PriorityLeastUsedDegradationDpf;
import io.rserpool.protocol.Policy.PriorityLeastUsedDpf;
import io.rserpool.protocol.Profile;
import org.junit.jupiter.api.Test;

/// The deterministic policies that sort (RFC 5356 sections 4.5 and 5.1 to 5.3, delay draft,
/// rsplib).
class RankedPoliciesTest {

  private static final long FULL = Policy.FULL;

  private static Line line(Policy a, Policy b, Policy c) {
    return Line.of(a).add("A", a).add("B", b).add("C", c);
  }

  private static Line rsplib(Policy a, Policy b, Policy c) {
    return new Line(PolicyRules.standard(SelectionSettings.forProfile(Profile.RSPLIB)), a, 1)
        .add("A", a)
        .add("B", b)
        .add("C", c);
  }

  @Test
  void highestPrioritiesComeFirstInDecreasingOrder() {
    Line line = line(new Priority(1), new Priority(FULL), new Priority(7));
    assertThat(line.select(3, 2)).isEqualTo("BCA BCA");
    assertThat(line.select(1, 2)).isEqualTo("B B");
  }

  @Test
  void equalPrioritiesTakeTurns() {
    Line line = line(new Priority(7), new Priority(7), new Priority(1));
    assertThat(line.select(1, 3)).isEqualTo("A B A");
    assertThat(line.select(3, 3)).isEqualTo("BAC ABC BAC");
  }

  @Test
  void lowestLoadsComeFirstAndEqualOnesTakeTurns() {
    Line line = line(new LeastUsed(20), new LeastUsed(10), new LeastUsed(10));
    assertThat(line.select(1, 4)).isEqualTo("B C B C");
    assertThat(line.select(3, 2)).isEqualTo("BCA CBA");
    assertThat(line.renew("A", new LeastUsed(0)).select(1, 2)).isEqualTo("A A");
  }

  @Test
  void newLoadChangesTheOrderButNotTheTurn() {
    Line line = line(new LeastUsed(10), new LeastUsed(10), new LeastUsed(20));
    assertThat(line.select(1)).isEqualTo("A");
    // C was never selected, B neither but it is older; A has had its turn.
    assertThat(line.renew("C", new LeastUsed(10)).select(1, 4)).isEqualTo("B C A B");
  }

  @Test
  void unchangedLoadKeepsItsPlaceExactly() {
    Line line = line(new LeastUsed(10), new LeastUsed(10), new LeastUsed(10));
    assertThat(line.select(1)).isEqualTo("A");
    line.renew("A", new LeastUsed(10)).renew("C", new LeastUsed(10)).renew("B", new LeastUsed(10));
    assertThat(line.select(1, 3)).isEqualTo("B C A");
  }

  @Test
  void loadsAreUnsigned() {
    assertThat(line(new LeastUsed(FULL), new LeastUsed(0x8000_0000L), new LeastUsed(1)).select(3))
        .isEqualTo("CBA");
  }

  @Test
  void degradationCountsForEveryElementReturned() {
    Line line =
        line(
            new LeastUsedDegradation(0, 10),
            new LeastUsedDegradation(5, 10),
            new LeastUsedDegradation(8, 1));
    // 0 5 8 | A10 B15 C8 | C9 A10 … each answer of two counts both.
    assertThat(line.select(2, 4)).isEqualTo("AB CA CB CA");
  }

  @Test
  void degradationCountsForTheFirstElementOnlyInProfileRsplib() {
    Line line =
        rsplib(
            new LeastUsedDegradation(0, 10),
            new LeastUsedDegradation(5, 10),
            new LeastUsedDegradation(8, 1));
    // 0 5 8 | 10 5 8 | 10 15 8 | 10 15 9 | 10 15 10
    assertThat(line.select(2, 5)).isEqualTo("AB BC CA CA AC");
  }

  @Test
  void renewalWithTheSameValuesTakesDegradationBack() {
    Line line =
        line(
            new LeastUsedDegradation(0, 10),
            new LeastUsedDegradation(5, 10),
            new LeastUsedDegradation(8, 10));
    assertThat(line.select(1, 3)).isEqualTo("A B C");
    assertThat(line.renew("B", new LeastUsedDegradation(5, 10)).select(1, 3)).isEqualTo("B A B");
  }

  @Test
  void degradedLoadStopsAtOneHundredPercent() {
    Line line =
        line(
            new LeastUsedDegradation(FULL - 1, FULL),
            new LeastUsedDegradation(FULL, 0),
            new LeastUsedDegradation(FULL, FULL));
    assertThat(line.select(1)).isEqualTo("A");
    // All are at 100 % now, so they take turns.
    assertThat(line.select(1, 6)).isEqualTo("B C A B C A");
  }

  @Test
  void priorityLeastUsedLooksAtTheLoadAfterOneMoreSession() {
    Line line =
        line(
            new PriorityLeastUsed(0, 50),
            new PriorityLeastUsed(30, 10),
            new PriorityLeastUsed(40, 10));
    assertThat(line.select(3, 2)).isEqualTo("BAC BAC");
    assertThat(line.select(1, 3)).isEqualTo("B B B");
  }

  @Test
  void priorityLeastUsedWithDegradationAddsEverySelection() {
    Line line =
        line(
            new PriorityLeastUsedDegradation(0, 10),
            new PriorityLeastUsedDegradation(10, 5),
            new PriorityLeastUsedDegradation(30, 1));
    // 10 15 31 | 20 15 31 | 20 20 31 | 30 20 31 | 30 25 31 | 30 30 31 | 40 30 31 | 40 35 31
    assertThat(line.select(1, 8)).isEqualTo("A B A B B A B C");
  }

  @Test
  void distanceCountsAsLoad() {
    assertThat(
            line(
                    new LeastUsedDpf(10, 2, 50),
                    new LeastUsedDpf(90, 1, 0),
                    new LeastUsedDpf(0, 3, 33))
                .select(3))
        .isEqualTo("BCA");
    assertThat(
            line(
                    new PriorityLeastUsedDpf(10, 20, 2, 50),
                    new PriorityLeastUsedDpf(90, 0, 1, 0),
                    new PriorityLeastUsedDpf(0, 5, 3, 33))
                .select(3))
        .isEqualTo("BCA");
    assertThat(
            line(
                    new LeastUsedDegradationDpf(0, 10, 1, 5),
                    new LeastUsedDegradationDpf(0, 10, 1, 12),
                    new LeastUsedDegradationDpf(100, 0, 0, FULL))
                .select(1, 5))
        .isEqualTo("A B A B A");
    assertThat(
            line(
                    new PriorityLeastUsedDegradationDpf(0, 10, 1, 5),
                    new PriorityLeastUsedDegradationDpf(10, 0, 2, 8),
                    new PriorityLeastUsedDegradationDpf(100, 0, 0, 0))
                .select(1, 3))
        .isEqualTo("A A B");
  }

  @Test
  void distanceWithoutEndMakesAFullLoad() {
    assertThat(
            line(
                    new LeastUsedDpf(0, FULL, FULL),
                    new LeastUsedDpf(FULL, 0, 0),
                    new LeastUsedDpf(1, 1, 1))
                .select(1, 2))
        .isEqualTo("C C");
    assertThat(
            line(
                    new LeastUsedDpf(0, FULL, FULL),
                    new LeastUsedDpf(FULL, 0, 0),
                    new LeastUsedDpf(FULL, 1, 1))
                .select(1, 4))
        .isEqualTo("A B C A");
  }

  @Test
  void highestLoadBelowOneHundredPercentComesFirstWithMostUsed() {
    Line line = line(new MostUsed(10), new MostUsed(FULL), new MostUsed(FULL - 1));
    assertThat(line.select(3, 2)).isEqualTo("CAB CAB");
    assertThat(line.renew("C", new MostUsed(10)).select(1, 4)).isEqualTo("A C A C");
    // A has had its turn before it became full, B never had one.
    assertThat(line.renew("A", new MostUsed(FULL)).select(3)).isEqualTo("CBA");
    assertThat(line.renew("C", new MostUsed(FULL)).select(1, 4)).isEqualTo("B A C B");
  }

  @Test
  void anOperationRanksNoMoreMembersThanItChanges() {
    int[] calls = new int[1];
    PolicyRule counting =
        PolicyRule.ranked(
            LeastUsed.TYPE,
            2,
            (policy, count) -> {
              calls[0]++;
              return ((LeastUsed) policy).load() + count;
            });
    Line line = new Line(counting.newSelection(), 1);
    for (int i = 0; i < 5000; i++) {
      line.add("member " + i, new LeastUsed(i));
    }
    assertThat(calls[0]).isEqualTo(5000);
    line.select(1);
    assertThat(calls[0]).isEqualTo(5001);
    line.select(9);
    assertThat(calls[0]).isEqualTo(5003);
    line.preview(9);
    line.remove("member 7");
    assertThat(calls[0]).isEqualTo(5003);
    line.renew("member 8", new LeastUsed(99));
    assertThat(calls[0]).isEqualTo(5004);
  }

  @Test
  void previewTellsTheNextAnswerAndCountsNothing() {
    Line line =
        line(
            new LeastUsedDegradation(0, 10),
            new LeastUsedDegradation(5, 7),
            new LeastUsedDegradation(8, 1));
    for (int i = 0; i < 50; i++) {
      String preview = line.preview(2);
      assertThat(line.preview(2)).isEqualTo(preview);
      assertThat(line.select(2)).isEqualTo(preview);
    }
  }
}
