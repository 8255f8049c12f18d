package io.rserpool.engine.session;

import static io.rserpool.engine.session.SessionScript.MS;
import static io.rserpool.engine.session.SessionScript.element;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Engine;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The rule of sessions, for many elements and without a session.
final class AbsenceWatchTest {

  private final AbsenceWatch watch = new AbsenceWatch(SessionScript.settings());
  private final List<SessionEffect.Probe> probes = new ArrayList<>();
  private long nowNs = 5 * MS;

  private void take(SessionEffect effect) {
    probes.add((SessionEffect.Probe) effect);
  }

  private void follow(int id) {
    watch.follow(nowNs, element(id), watch.version(), this::take);
  }

  private void told(boolean isWhole, int... ids) {
    watch.poolChanged(nowNs, SessionScript.elements(ids), isWhole, this::take);
  }

  private void told(int... ids) {
    told(true, ids);
  }

  /// Answers the newest call, and tells who is gone by that.
  private List<Integer> answer(ProbeResult result) {
    return answer(probes.getLast(), result);
  }

  private List<Integer> answer(SessionEffect.Probe probe, ProbeResult result) {
    return watch.probed(nowNs, probe.turn(), result, this::take).stream()
        .map(element -> element.elementId().value())
        .toList();
  }

  private List<Integer> probed() {
    return probes.stream().map(probe -> probe.element().elementId().value()).toList();
  }

  private void pass(long ns) {
    nowNs += ns;
    watch.tick(nowNs, this::take);
  }

  @Test
  void elementThatIsOutAndCannotBeReachedIsGone() {
    follow(1);
    told(1, 2);
    assertThat(probes).isEmpty();
    told(2);
    assertThat(probed()).containsExactly(1);
    assertThat(answer(ProbeResult.UNREACHABLE)).containsExactly(1);
    assertThat(watch.isMissing(ElementId.of(1))).isTrue();
  }

  @Test
  void elementThatLeavesInOrderIsOutButNotGone() {
    follow(1);
    told(2);
    assertThat(answer(ProbeResult.REFUSES)).isEmpty();
    assertThat(watch.isMissing(ElementId.of(1))).isTrue();
    told(2, 3);
    assertThat(probed()).containsExactly(1);
    assertThat(watch.nextDeadlineNs()).isEqualTo(Engine.NEVER);
  }

  @Test
  void elementThatLetsCallersInIsCalledTwice() {
    follow(1);
    told(2);
    assertThat(answer(ProbeResult.ACCEPTS)).isEmpty();
    assertThat(watch.nextDeadlineNs()).isEqualTo(nowNs + 250 * MS);
    pass(250 * MS - 1);
    assertThat(probed()).containsExactly(1);
    pass(1);
    assertThat(probed()).containsExactly(1, 1);
    assertThat(watch.nextDeadlineNs()).isEqualTo(Engine.NEVER);
    assertThat(answer(ProbeResult.ACCEPTS)).containsExactly(1);
  }

  @Test
  void elementThatIsBackIsKeptAndLookedIntoAgainWhenItGoesAgain() {
    follow(1);
    told(2);
    told(1, 2);
    assertThat(answer(ProbeResult.UNREACHABLE)).isEmpty();
    assertThat(watch.isMissing(ElementId.of(1))).isFalse();
    told(2);
    assertThat(probed()).containsExactly(1, 1);
  }

  @Test
  void eachOfManyElementsHasItsOwnAnswer() {
    follow(1);
    follow(2);
    told(3);
    assertThat(probed()).containsExactly(1, 2);
    assertThat(answer(probes.getLast(), ProbeResult.UNREACHABLE)).containsExactly(2);
    assertThat(answer(probes.getFirst(), ProbeResult.ACCEPTS)).isEmpty();
    assertThat(watch.nextDeadlineNs()).isEqualTo(nowNs + 250 * MS);
  }

  @Test
  void emptyPartialOrEarlierListProvesNothing() {
    told(2);
    follow(1);
    told();
    told(false, 2);
    assertThat(probes).isEmpty();
    told(2);
    assertThat(probed()).containsExactly(1);
  }

  @Test
  void listOfWhileTheElementWasCalledCounts() {
    long chosenAt = watch.version();
    told(2);
    watch.follow(nowNs, element(1), chosenAt, this::take);
    assertThat(probed()).containsExactly(1);
  }

  @Test
  void elementIsFollowedUntilItsLastConnectionHasEnded() {
    follow(1);
    follow(1);
    watch.leave(ElementId.of(1));
    told(2);
    assertThat(probed()).containsExactly(1);
    watch.leave(ElementId.of(1));
    assertThat(answer(ProbeResult.UNREACHABLE)).isEmpty();
    assertThat(watch.isMissing(ElementId.of(1))).isFalse();
    told(3);
    assertThat(probed()).containsExactly(1);
  }

  @Test
  void elementThatWasStartedAnewElsewhereIsCalledThere() {
    follow(1);
    PoolElementParameter moved = element(1).withUserTransport(element(99).userTransport());
    watch.follow(nowNs, moved, watch.version(), this::take);
    told(2);
    assertThat(probes).extracting(SessionEffect.Probe::element).containsExactly(moved);
  }
}
