package io.rserpool.engine.session;

import static io.rserpool.engine.session.UserSession.Phase.FAILED;
import static io.rserpool.engine.session.UserSession.Phase.GREETING;
import static io.rserpool.engine.session.UserSession.Phase.MOVING;
import static io.rserpool.engine.session.UserSession.Phase.OVER;
import static io.rserpool.engine.session.UserSession.Phase.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapBusinessCard;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How a session moves from one element to another, and what the application hears of it.
final class MoveTest {

  /// Lives long enough that its loss is no sign of a circle of elements that fail at once.
  private static SessionScript settled(SessionMode mode) {
    return SessionScript.up(mode).pass(1000);
  }

  @Test
  void automaticSessionMovesAtOnceAndTellsOnce() {
    SessionScript script = settled(SessionMode.AUTOMATIC);
    assertThat(script.linkDown(LossSource.RESET).wants()).containsExactly("report 1", "choose");
    assertThat(script.session.phase()).isEqualTo(MOVING);
    assertThat(script.session.loss().orElseThrow().source()).isEqualTo(LossSource.RESET);
    assertThat(script.choose(2).wants()).containsExactly("call 2 within 1000");
    assertThat(script.pass(30).linkUp().wants()).containsExactly("greet 1->2 RESET attempt 1");
    assertThat(script.session.phase()).isEqualTo(GREETING);
    assertThat(script.session.element()).contains(SessionScript.element(2));
    assertThat(script.session.loss()).isEmpty();
    assertThat(script.news()).isEmpty();
    assertThat(script.session.lastMove()).isEmpty();
    assertThat(script.greeted(true).session.phase()).isEqualTo(UP);
    assertThat(script.news()).containsExactly("moved 1->2 RESET attempt 1");
    SessionMove move = script.session.lastMove().orElseThrow();
    assertThat(move.movedNs() - move.why().noticedNs()).isEqualTo(30 * SessionScript.MS);
    assertThat(script.told())
        .containsExactly(
            "pool=echo element=0x00000001 lost, RESET: it says so",
            "pool=echo element=0x00000002 serves instead of element=0x00000001, cookie=false");
  }

  @Test
  void manualSessionWaitsForTheApplication() {
    SessionScript script = settled(SessionMode.MANUAL).receive("old").cookie("c");
    assertThat(script.linkDown(LossSource.RESET).wants()).containsExactly("report 1");
    assertThat(script.session.phase()).isEqualTo(FAILED);
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    assertThat(script.offer("refused")).isFalse();
    assertThat(script.news())
        .containsExactly("1:old", "cookie of 1 size 1", "necessary RESET with cookie");
    assertThat(script.failover()).isTrue();
    assertThat(script.wants()).containsExactly("choose");
    assertThat(script.failover()).isFalse();
    script.choose(2).linkUp().greeted(true);
    assertThat(script.news()).containsExactly("moved 1->2 RESET attempt 1 with cookie");
  }

  @Test
  void manualFailoverDropsWhatWasNotReadAndNotSent() {
    SessionScript script = settled(SessionMode.MANUAL).receive("unread");
    script.offer("unsent");
    script.linkDown(LossSource.CLOSED);
    assertThat(script.session.hasNews(false)).isTrue();
    script.failover();
    assertThat(script.news()).isEmpty();
    script.choose(2).linkUp().greeted(true);
    assertThat(script.write()).isEmpty();
    assertThat(script.news()).containsExactly("moved 1->2 CLOSED attempt 1");
  }

  @Test
  void manualSessionMayLeaveALivingElement() {
    SessionScript script = settled(SessionMode.MANUAL);
    assertThat(script.failover()).isTrue();
    assertThat(script.wants()).containsExactly("abort link 1", "report 1", "choose");
    script.choose(2).linkUp().greeted(true);
    assertThat(script.news()).containsExactly("moved 1->2 APPLICATION attempt 1");
  }

  @Test
  void failoverIsForManualSessionsThatHaveOrHadAnElement() {
    assertThat(settled(SessionMode.AUTOMATIC).failover()).isFalse();
    assertThat(settled(SessionMode.NONE).failover()).isFalse();
    assertThat(SessionScript.of(SessionMode.MANUAL).open().failover()).isFalse();
    assertThat(settled(SessionMode.MANUAL).close().failover()).isFalse();
  }

  @Test
  void sessionWithoutFailoverEndsWithItsElement() {
    SessionScript script = settled(SessionMode.NONE).receive("last");
    assertThat(script.linkDown(LossSource.RESET).wants()).containsExactly("report 1");
    assertThat(script.session.phase()).isEqualTo(OVER);
    assertThat(script.news()).containsExactly("1:last", "over RESET");
    assertThat(script.offer("x")).isFalse();
    assertThat(script.session.isDrained()).isTrue();
  }

  @Test
  void applicationMayGiveAnElementUp() {
    SessionScript script = settled(SessionMode.AUTOMATIC);
    assertThat(script.fail().wants()).containsExactly("abort link 1", "report 1", "choose");
    assertThat(script.session.loss().orElseThrow().reason()).isEqualTo("nonsense");
    assertThat(script.fail().wants()).isEmpty();
  }

  @Test
  void unexpectedEndOfTheStreamIsALoss() {
    SessionScript script = settled(SessionMode.AUTOMATIC);
    assertThat(script.end().wants()).containsExactly("abort link 1", "report 1", "choose");
    assertThat(script.session.loss().orElseThrow().source()).isEqualTo(LossSource.CLOSED);
    assertThat(script.end().linkDown(LossSource.RESET).wants()).isEmpty();
  }

  @Test
  void expectedEndOfTheStreamEndsTheSessionInOrder() {
    SessionScript script = SessionScript.up(s -> s.endsOrderly(true)).receive("bye");
    assertThat(script.end().wants()).isEmpty();
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.session.hasEnded()).isTrue();
    assertThat(script.end().news()).containsExactly("1:bye", "ended");
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    assertThat(script.linkDown(LossSource.RESET).wants()).isEmpty();
    assertThat(script.session.phase()).isEqualTo(OVER);
    assertThat(script.news()).containsExactly("over RESET");
  }

  @Test
  void endAfterTheEndOfOutputIsInOrder() {
    SessionScript script = settled(SessionMode.AUTOMATIC).endOutput();
    assertThat(script.write()).containsExactly("end");
    assertThat(script.end().wants()).isEmpty();
    assertThat(script.news()).containsExactly("ended");
  }

  @Test
  void everyElementIsTriedThenThereIsAPauseAndAllBeginsAgain() {
    SessionScript script = settled(SessionMode.AUTOMATIC).linkDown(LossSource.RESET);
    script.choose(2).linkDown(LossSource.REFUSED).choose(2).list(2, 1).wants();
    assertThat(script.passNs(250 * SessionScript.MS - 1).wants()).isEmpty();
    assertThat(script.passNs(1).wants()).containsExactly("choose");
    assertThat(script.choose(1).wants()).containsExactly("call 1 within 1000");
    assertThat(script.linkUp().wants()).containsExactly("greet 1->1 RESET attempt 2");
  }

  @Test
  void emptyPoolAndSilentRegistrarAreAskedAgainAfterAPause() {
    SessionScript script = settled(SessionMode.AUTOMATIC).linkDown(LossSource.RESET);
    script.wants();
    for (boolean isFinal : new boolean[] {true, false}) {
      assertThat(script.noChoice(isFinal).passNs(250 * SessionScript.MS - 1).wants()).isEmpty();
      assertThat(script.passNs(1).wants()).containsExactly("choose");
    }
  }

  @Test
  void moveThatFindsNobodyEndsTheSessionInTime() {
    SessionScript script = settled(SessionMode.AUTOMATIC).linkDown(LossSource.RESET);
    long limitNs = Duration.ofSeconds(30).toNanos();
    script.choose(2).passNs(limitNs - 1);
    assertThat(script.session.phase()).isEqualTo(MOVING);
    script.wants();
    assertThat(script.passNs(1).wants()).containsExactly("abort link 2");
    assertThat(script.session.phase()).isEqualTo(OVER);
    assertThat(script.news()).containsExactly("over RESET");
    assertThat(script.session.loss().orElseThrow().reason()).contains("PT30S and 100 attempts");
  }

  @Test
  void callIsGivenWhatIsLeftOfTheTimeForTheMove() {
    SessionScript script =
        SessionScript.up(s -> s.failoverTimeout(Duration.ofMillis(1300))).pass(1000);
    script.linkDown(LossSource.RESET).choose(2).pass(1000).linkDown(LossSource.CONNECT_TIMEOUT);
    script.wants();
    assertThat(script.choose(3).wants()).containsExactly("call 3 within 300");
  }

  @Test
  void preferredElementIsAskedForAgainInAMoveUnlessItIsTheOneThatFailed() {
    SessionScript script = SessionScript.up(s -> s.preferred(ElementId.of(5))).pass(1000);
    assertThat(script.linkDown(LossSource.RESET).wants()).containsExactly("report 1", "choose 5");
    script.choose(5).linkUp().greeted(true).pass(1000).wants();
    assertThat(script.linkDown(LossSource.RESET).wants()).containsExactly("report 5", "choose");
  }

  @Test
  void cardOfTheFormerElementGivesTheOrder() {
    SessionScript script = settled(SessionMode.AUTOMATIC).card(1, 4, 9, 3);
    assertThat(script.news()).containsExactly("card of 1");
    assertThat(script.session.card()).isPresent();
    assertThat(script.linkDown(LossSource.RESET).wants()).containsExactly("report 1", "list 128");
    assertThat(script.list(1, 2, 3, 4).wants()).containsExactly("call 4 within 1000");
    assertThat(script.linkDown(LossSource.REFUSED).wants())
        .containsExactly("report 4", "call 3 within 1000");
    assertThat(script.linkDown(LossSource.REFUSED).wants()).containsExactly("report 3", "choose");
  }

  @Test
  void withoutAListTheCardIsOfNoUse() {
    SessionScript script = settled(SessionMode.AUTOMATIC).card(4).linkDown(LossSource.RESET);
    script.wants();
    assertThat(script.noChoice(true).wants()).containsExactly("choose");
    assertThat(script.session.phase()).isEqualTo(MOVING);
  }

  @Test
  void cardOfAnotherPoolIsOnlyTold() {
    SessionScript script = settled(SessionMode.AUTOMATIC);
    script.receive(new AsapBusinessCard(PoolHandle.of("other"), SessionScript.elements(4)));
    assertThat(script.session.card()).isEmpty();
    assertThat(script.news()).isEmpty();
    assertThat(script.told())
        .containsExactly("pool=echo element=0x00000001 sent the business card of pool=other");
    assertThat(script.linkDown(LossSource.RESET).wants()).containsExactly("report 1", "choose");
  }

  @Test
  void elementsThatLetUsersInAndFailAtOnceAreNotTriedInACircle() {
    SessionScript script = SessionScript.up();
    script.linkDown(LossSource.CLOSED).choose(2).linkUp().greeted(true);
    script.linkDown(LossSource.CLOSED).choose(1).list(1, 2).wants();
    assertThat(script.passNs(250 * SessionScript.MS - 1).wants()).isEmpty();
    assertThat(script.passNs(1).wants()).containsExactly("choose");
    script.choose(1).linkUp().greeted(true).passNs(250 * SessionScript.MS).wants();
    script.linkDown(LossSource.CLOSED).choose(2);
    assertThat(script.wants()).containsExactly("report 1", "choose", "call 2 within 1000");
  }

  @Test
  void moveThatTheRegistrarToldToManyBeginsAtARandomTime() {
    long latestNs = 0;
    long earliestNs = Long.MAX_VALUE;
    for (int i = 0; i < 50; i++) {
      SessionScript script =
          SessionScript.up(s -> s.moveSpread(Duration.ofMillis(20)), i).pass(1000);
      script.pushed(2).probed(ProbeResult.UNREACHABLE);
      assertThat(script.session.loss().orElseThrow().source()).isEqualTo(LossSource.REMOVED);
      long waitNs = Math.max(0, script.session.nextDeadlineNs() - script.nowNs());
      latestNs = Math.max(latestNs, waitNs);
      earliestNs = Math.min(earliestNs, waitNs);
      assertThat(script.wants()).containsExactly("probe 1 within 500", "abort link 1");
      assertThat(script.pass(20).wants()).containsExactly("choose");
    }
    assertThat(latestNs).isBetween(15 * SessionScript.MS, 20 * SessionScript.MS);
    assertThat(earliestNs).isLessThan(5 * SessionScript.MS);
  }

  @ParameterizedTest
  @EnumSource(
      value = LossSource.class,
      names = {"CLOSED", "RESET"})
  void otherMovesBeginAtOnce(LossSource source) {
    SessionScript script =
        SessionScript.up(s -> s.moveSpread(Duration.ofMillis(20))).pass(1000).linkDown(source);
    assertThat(script.wants()).containsExactly("report 1", "choose");
  }

  @Test
  void elementThatFailsWhileItIsGreetedIsSkippedWhenTheGreeterIsTold() {
    SessionScript script = settled(SessionMode.AUTOMATIC).linkDown(LossSource.RESET);
    script.choose(2).linkUp().receive("half a welcome").wants();
    assertThat(script.linkDown(LossSource.CLOSED).wants()).containsExactly("report 2");
    assertThat(script.session.phase()).isEqualTo(GREETING);
    assertThat(script.session.loss().orElseThrow().source()).isEqualTo(LossSource.CLOSED);
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    assertThat(script.greet("in vain").next()).isEqualTo("-");
    assertThat(script.greeted(true).wants()).containsExactly("choose");
    assertThat(script.session.phase()).isEqualTo(MOVING);
    assertThat(script.choose(3).linkUp().wants())
        .containsExactly("call 3 within 1000", "greet 1->3 RESET attempt 2");
    assertThat(script.greeted(true).news()).containsExactly("moved 1->3 RESET attempt 2");
  }

  @Test
  void greeterMayGiveTheNewElementUp() {
    SessionScript script = settled(SessionMode.AUTOMATIC).linkDown(LossSource.RESET);
    script.choose(2).linkUp().receive("go away").wants();
    assertThat(script.greeted(false).wants()).containsExactly("abort link 2", "report 2", "choose");
    assertThat(script.news()).isEmpty();
    assertThat(script.greeted(true).wants()).isEmpty();
    assertThat(script.session.phase()).isEqualTo(MOVING);
  }

  @Test
  void closedSessionTellsAndWantsNothingMore() {
    SessionScript script = settled(SessionMode.AUTOMATIC).receive("unread").close();
    assertThat(script.news()).isEmpty();
    script.receive("late").pushed(2).cookie("late").waits(true);
    assertThat(script.news()).isEmpty();
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    assertThat(script.wants()).isEmpty();
    assertThat(script.closed().wants()).isEqualTo(List.of("close link 1"));
    assertThat(script.closed().close().fail().wants()).isEmpty();
  }

  @Test
  void sessionThatIsClosedOnItsWayGivesTheNewLinkUp() {
    SessionScript called = settled(SessionMode.AUTOMATIC).linkDown(LossSource.RESET).choose(2);
    called.wants();
    assertThat(called.close().wants()).containsExactly("abort link 2");
    assertThat(called.linkUp().closed().wants()).isEmpty();
    SessionScript greeting =
        settled(SessionMode.AUTOMATIC).linkDown(LossSource.RESET).choose(2).linkUp();
    greeting.wants();
    assertThat(greeting.close().greeted(true).wants()).isEmpty();
    assertThat(greeting.closed().wants()).containsExactly("close link 2");
  }
}
