package io.rserpool.engine.session;

import static io.rserpool.engine.session.UserSession.Phase.FAILED;
import static io.rserpool.engine.session.UserSession.Phase.MOVING;
import static io.rserpool.engine.session.UserSession.Phase.OVER;
import static io.rserpool.engine.session.UserSession.Phase.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapBusinessCard;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How a session finds its first element.
final class FirstElementTest {

  @Test
  void elementThatThePolicyChoseIsCalledAndServesAtOnce() {
    SessionScript script = SessionScript.of(SessionMode.AUTOMATIC);
    assertThat(script.session.phase()).isEqualTo(MOVING);
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    assertThat(script.offer("too early")).isFalse();
    assertThat(script.open().wants()).containsExactly("choose");
    assertThat(script.choose(1).wants()).containsExactly("call 1 within 1000");
    assertThat(script.session.element()).isEmpty();
    assertThat(script.linkUp().wants()).isEmpty();
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.session.element()).contains(SessionScript.element(1));
    assertThat(script.session.loss()).isEmpty();
    assertThat(script.session.lastMove()).isEmpty();
    assertThat(script.news()).isEmpty();
    assertThat(script.told()).isEmpty();
    assertThat(script.offer("hello")).isTrue();
    assertThat(script.write()).containsExactly("hello");
  }

  @Test
  void preferredElementIsAskedForUntilItWasTried() {
    SessionScript script = SessionScript.of(s -> s.preferred(ElementId.of(7)));
    assertThat(script.open().wants()).containsExactly("choose 7");
    script.choose(7).wants();
    assertThat(script.linkDown(LossSource.REFUSED).wants()).containsExactly("report 7", "choose");
  }

  @Test
  void eachElementIsTriedOnceAndReported() {
    SessionScript script = SessionScript.of(SessionMode.AUTOMATIC).open().choose(1);
    script.wants();
    assertThat(script.linkDown(LossSource.REFUSED).wants()).containsExactly("report 1", "choose");
    assertThat(script.choose(1).wants()).containsExactly("list 128");
    assertThat(script.list(1, 2).wants()).containsExactly("call 2 within 1000");
    assertThat(script.linkDown(LossSource.CONNECT_TIMEOUT).wants())
        .containsExactly("report 2", "choose");
    assertThat(script.choose(2).list(2, 1).wants()).containsExactly("list 128");
    assertThat(script.session.phase()).isEqualTo(OVER);
    assertThat(script.news()).containsExactly("over CONNECT_TIMEOUT");
    assertThat(script.session.loss().orElseThrow().reason())
        .contains("pool=echo")
        .contains("no element could be reached")
        .contains("element=0x00000002 CONNECT_TIMEOUT: it says so");
    assertThat(script.told())
        .containsExactly(
            "pool=echo element=0x00000001 tried in vain, REFUSED: it says so",
            "pool=echo element=0x00000002 tried in vain, CONNECT_TIMEOUT: it says so");
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void poolThatCannotBeAskedForEndsTheSearchAtOnce() {
    SessionScript script = SessionScript.of(SessionMode.AUTOMATIC).open().noChoice(true);
    assertThat(script.session.phase()).isEqualTo(OVER);
    assertThat(script.session.loss().orElseThrow().reason()).isEqualTo("nobody there");
  }

  @Test
  void registrarThatDoesNotAnswerIsAskedAgainAfterThePause() {
    SessionScript script = SessionScript.of(SessionMode.AUTOMATIC).open();
    script.wants();
    script.noChoice(false).passNs(250 * SessionScript.MS - 1);
    assertThat(script.wants()).isEmpty();
    assertThat(script.passNs(1).wants()).containsExactly("choose");
    assertThat(script.session.phase()).isEqualTo(MOVING);
  }

  @Test
  void searchEndsWithItsTimeWhateverIsOpen() {
    SessionScript asked =
        SessionScript.of(s -> s.failoverTimeout(Duration.ofSeconds(2)))
            .open()
            .passNs(1_999_999_999);
    assertThat(asked.session.phase()).isEqualTo(MOVING);
    assertThat(asked.passNs(1).session.phase()).isEqualTo(OVER);
    SessionScript called =
        SessionScript.of(s -> s.failoverTimeout(Duration.ofSeconds(2))).open().pass(1500).choose(1);
    assertThat(called.wants()).containsExactly("choose", "call 1 within 500");
    assertThat(called.pass(500).wants()).containsExactly("abort link 1");
    assertThat(called.session.phase()).isEqualTo(OVER);
    assertThat(called.linkUp().wants()).isEmpty();
    assertThat(called.session.phase()).isEqualTo(OVER);
  }

  @Test
  void searchEndsAfterItsAttempts() {
    SessionScript script = SessionScript.of(s -> s.attempts(2)).open().choose(1);
    script.linkDown(LossSource.REFUSED).choose(2).linkDown(LossSource.RESET);
    assertThat(script.session.phase()).isEqualTo(OVER);
    assertThat(script.news()).containsExactly("over RESET");
  }

  @Test
  void answersToOldQuestionsAreIgnored() {
    SessionScript script = SessionScript.of(SessionMode.AUTOMATIC).open();
    script.choose(1).wants();
    assertThat(script.choose(2).list(3).noChoice(true).wants()).isEmpty();
    script.linkUp().linkUp().linkDown(new LinkId(99), LossSource.RESET);
    assertThat(script.session.phase()).isEqualTo(UP);
  }

  @Test
  void manualSessionMayOpenFailedAndTryAgain() {
    SessionScript script = SessionScript.of(SessionMode.MANUAL);
    script.session.open(script.nowNs(), true, script::take);
    script.noChoice(true).wants();
    assertThat(script.session.phase()).isEqualTo(FAILED);
    assertThat(script.news()).containsExactly("necessary REFUSED");
    assertThat(script.failover()).isTrue();
    assertThat(script.wants()).containsExactly("choose");
    script.choose(1).linkDown(LossSource.REFUSED).choose(1).list(1);
    assertThat(script.session.phase()).isEqualTo(FAILED);
    assertThat(script.failover()).isTrue();
    script.choose(1).linkUp();
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.session.lastMove()).isEmpty();
  }

  @Test
  void cardThatIsKnownBeforehandGivesTheOrder() {
    SessionScript script = SessionScript.of(SessionMode.AUTOMATIC);
    script.session.follow(
        new AsapBusinessCard(SessionScript.POOL, SessionScript.elements(9, 3, 2)));
    assertThat(script.open().wants()).containsExactly("list 128");
    assertThat(script.list(1, 2, 3).wants()).containsExactly("call 3 within 1000");
    assertThat(script.linkDown(LossSource.REFUSED).wants())
        .containsExactly("report 3", "call 2 within 1000");
    assertThatThrownBy(() ->
            script.session.follow(
                new AsapBusinessCard(PoolHandle.of("other"), SessionScript.elements(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pool=echo")
        .hasMessageContaining("pool=other");
  }
}
