package io.rserpool.engine.session;

import static io.rserpool.engine.session.UserSession.Phase.MOVING;
import static io.rserpool.engine.session.UserSession.Phase.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a session makes of its element's absence from the pool.
final class RemovalTest {

  private static final String PROBE = "probe 1 within 500";
  private static final List<String> LEFT = List.of("abort link 1", "choose");

  private static SessionScript polling() {
    return SessionScript.up(s -> s.poolCheckInterval(Duration.ofSeconds(5)));
  }

  @Test
  void elementThatLeavesInOrderServesItsUserToTheEnd() {
    SessionScript script = SessionScript.up().pushed(1, 2);
    assertThat(script.wants()).isEmpty();
    assertThat(script.pushed(2).wants()).containsExactly(PROBE);
    assertThat(script.probed(ProbeResult.REFUSES).wants()).isEmpty();
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.pushed(2, 3).pass(1000).wants()).isEmpty();
  }

  @Test
  void elementThatCannotBeReachedIsLeftAtOnceAndNotReported() {
    SessionScript script = SessionScript.up().pushed(2);
    script.wants();
    assertThat(script.probed(ProbeResult.UNREACHABLE).wants()).isEqualTo(LEFT);
    assertThat(script.session.loss().orElseThrow().source()).isEqualTo(LossSource.REMOVED);
  }

  @Test
  void elementThatStillLetsUsersInIsCalledASecondTimeAMomentLater() {
    SessionScript script = SessionScript.up().pushed(2).probed(ProbeResult.ACCEPTS);
    script.wants();
    assertThat(script.passNs(250 * SessionScript.MS - 1).wants()).isEmpty();
    assertThat(script.passNs(1).wants()).containsExactly(PROBE);
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.probed(ProbeResult.ACCEPTS).wants()).isEqualTo(LEFT);
  }

  @Test
  void elementThatHearsOfItsRemovalBeforeTheSecondCallLeavesInOrder() {
    SessionScript script = SessionScript.up().pushed(2).probed(ProbeResult.ACCEPTS).pass(250);
    script.wants();
    assertThat(script.probed(ProbeResult.REFUSES).pass(1000).wants()).isEmpty();
    assertThat(script.session.phase()).isEqualTo(UP);
  }

  @Test
  void elementThatIsBackMeanwhileIsKept() {
    SessionScript first = SessionScript.up().pushed(2).pushed(1, 2);
    first.wants();
    assertThat(first.probed(ProbeResult.UNREACHABLE).wants()).isEmpty();
    SessionScript second = SessionScript.up().pushed(2).probed(ProbeResult.ACCEPTS).pushed(1, 2);
    second.wants();
    assertThat(second.pass(250).wants()).isEmpty();
    assertThat(second.session.phase()).isEqualTo(UP);
  }

  @Test
  void eachRemovalIsLookedIntoOnce() {
    SessionScript script = SessionScript.up().pushed(2).pushed(2, 3);
    assertThat(script.wants()).containsExactly(PROBE);
    script.probed(ProbeResult.REFUSES).pushed(2);
    assertThat(script.wants()).isEmpty();
    assertThat(script.pushed(1, 2).pushed(2).wants()).containsExactly(PROBE);
  }

  @Test
  void emptyOrPartialListProvesNothing() {
    SessionScript script = SessionScript.up().pushed();
    script.told(false, true, 2);
    assertThat(script.wants()).isEmpty();
    assertThat(script.told(true, false, 2).wants()).containsExactly(PROBE);
  }

  @Test
  void listThatCameBeforeTheElementWasChosenProvesNothing() {
    SessionScript script = SessionScript.of(SessionMode.AUTOMATIC).pushed(2).open();
    assertThat(script.choose(1).linkUp().wants()).containsExactly("choose", "call 1 within 1000");
    assertThat(script.pass(1000).wants()).isEmpty();
    SessionScript later = SessionScript.of(SessionMode.AUTOMATIC).pushed(2).open();
    later.choose(1).pushed(2, 3);
    later.wants();
    assertThat(later.linkUp().wants()).containsExactly(PROBE);
  }

  @Test
  void elementIsNotLookedAfterWhileItIsGreeted() {
    SessionScript script = SessionScript.up().linkDown(LossSource.RESET).choose(2).linkUp();
    script.pushed(3).wants();
    assertThat(script.greeted(true).wants()).containsExactly("probe 2 within 500");
  }

  @Test
  void answerAboutAFormerElementIsIgnored() {
    SessionScript script = SessionScript.up().pushed(2, 3);
    long old = script.turn();
    script.linkDown(LossSource.RESET).choose(2).linkUp().greeted(true).wants();
    script.session.probed(script.nowNs(), old, ProbeResult.UNREACHABLE, script::take);
    assertThat(script.session.phase()).isEqualTo(UP);
  }

  @Test
  void callTakesNoLongerThanTheSettingsAllow() {
    SessionScript script = SessionScript.up(s -> s.connectTimeout(Duration.ofMillis(200)));
    assertThat(script.pushed(2).wants()).containsExactly("probe 1 within 200");
  }

  @Test
  void poolIsAskedForWhereNothingIsPushed() {
    SessionScript script = polling().passNs(5000 * SessionScript.MS - 1);
    assertThat(script.wants()).isEmpty();
    assertThat(script.passNs(1).wants()).containsExactly("list 128 fresh");
    assertThat(script.list(1, 2).news()).containsExactly("pool [1, 2]");
    assertThat(script.pass(5000).wants()).containsExactly("list 128 fresh");
    assertThat(script.list(2).wants()).containsExactly(PROBE);
    assertThat(script.probed(ProbeResult.UNREACHABLE).wants()).isEqualTo(LEFT);
  }

  @Test
  void fullListMayHaveBeenCut() {
    SessionScript script = polling().pass(5000);
    script.wants();
    assertThat(script.list(IntStream.rangeClosed(2, 129).toArray()).wants()).isEmpty();
    script.pass(5000).wants();
    assertThat(script.list(IntStream.rangeClosed(2, 128).toArray()).wants()).containsExactly(PROBE);
  }

  @Test
  void poolIsNotAskedForWhereChangesArePushedOrNoElementServes() {
    SessionScript script = polling().pushed(1, 2);
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    script.pass(20_000).told(true, false, 1, 2);
    assertThat(script.passNs(1).wants()).containsExactly("list 128 fresh");
    script.linkDown(LossSource.RESET).noChoice(false).wants();
    assertThat(script.pass(100).session.phase()).isEqualTo(MOVING);
    assertThat(script.wants()).isEmpty();
    SessionScript never = SessionScript.up();
    assertThat(never.pass(60_000).wants()).isEmpty();
  }

  @Test
  void questionThatIsNotAnsweredIsAskedAgain() {
    SessionScript script = polling().pass(5000).noChoice(false).pass(5000);
    assertThat(script.wants()).containsExactly("list 128 fresh", "list 128 fresh");
    assertThat(script.session.phase()).isEqualTo(UP);
  }
}
