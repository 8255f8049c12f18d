package io.rserpool.engine.session;

import static io.rserpool.engine.session.UserSession.Phase.FAILED;
import static io.rserpool.engine.session.UserSession.Phase.GREETING;
import static io.rserpool.engine.session.UserSession.Phase.OVER;
import static io.rserpool.engine.session.UserSession.Phase.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapHandleResolution;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Cookies, cards and whatever else comes on the control channel.
final class ControlTest {

  private static SessionScript moveTo(int id, SessionScript script) {
    return script.linkDown(LossSource.RESET).choose(id).linkUp();
  }

  @Test
  void newestCookieIsTheFirstThingThatTheNextElementIsGiven() {
    SessionScript script = SessionScript.up().cookie("first").cookie("newest");
    script.session.present(
        script.nowNs(), new AsapBusinessCard(SessionScript.POOL, SessionScript.elements(8)));
    assertThat(script.session.cookie()).contains(Octets.ofUtf8("newest"));
    assertThat(script.write()).containsExactly("card [8]");
    script.offer("work");
    moveTo(2, script).greet("login");
    assertThat(script.write()).containsExactly("echo newest", "card [8]", "login");
    assertThat(script.greeted(true).write()).containsExactly("work");
    assertThat(script.session.lastMove().orElseThrow().cookieEchoed()).isTrue();
  }

  @Test
  void cookieSurvivesElementsThatGiveNone() {
    SessionScript script = SessionScript.up().cookie("c").pass(1000);
    moveTo(2, script).greeted(true).pass(1000);
    moveTo(3, script);
    assertThat(script.write()).containsExactly("echo c");
  }

  @Test
  void withoutCookieOrControlChannelNothingIsEchoed() {
    SessionScript script = SessionScript.up();
    assertThat(moveTo(2, script).write()).isEmpty();
    script.cookie("c").greeted(true).pass(1000).wants();
    script.linkDown(LossSource.RESET).choose(3).wants();
    assertThat(script.linkUp(false).wants()).containsExactly("greet 2->3 RESET attempt 1");
    assertThat(script.write()).isEmpty();
  }

  @Test
  void presentedCardReplacesOneThatWaits() {
    SessionScript script = SessionScript.up();
    for (int id : new int[] {7, 8, 9}) {
      script.session.present(
          script.nowNs(), new AsapBusinessCard(SessionScript.POOL, SessionScript.elements(id)));
    }
    assertThat(script.write()).containsExactly("card [9]");
    SessionScript plain = SessionScript.of(SessionMode.AUTOMATIC).open().choose(1).linkUp(false);
    plain.session.present(
        plain.nowNs(), new AsapBusinessCard(SessionScript.POOL, SessionScript.elements(7)));
    assertThat(plain.write()).isEmpty();
  }

  @Test
  void controlMessagesOvertakeDataButNotWhatIsNext() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    script.offer("b");
    assertThat(script.next()).isEqualTo("a");
    script.session.present(
        script.nowNs(), new AsapBusinessCard(SessionScript.POOL, SessionScript.elements(7)));
    assertThat(script.write()).containsExactly("a", "card [7]", "b");
  }

  @Test
  void nothingIsSentOnTheControlChannelAfterTheEnd() {
    SessionScript script = SessionScript.up().endOutput();
    assertThat(script.write()).containsExactly("end");
    script.session.present(
        script.nowNs(), new AsapBusinessCard(SessionScript.POOL, SessionScript.elements(7)));
    assertThat(script.write()).isEmpty();
  }

  @Test
  void refusedCookieMakesTheNextElementTryAndTheSecondRefusalEndsTheSession() {
    SessionScript script = SessionScript.up().cookie("c");
    moveTo(2, script).greeted(true).news();
    script.wants();
    assertThat(script.refuse().wants()).containsExactly("abort link 2", "choose");
    assertThat(script.session.loss().orElseThrow().source()).isEqualTo(LossSource.REFUSED_COOKIE);
    assertThat(script.choose(3).linkUp().wants())
        .containsExactly("call 3 within 1000", "greet 2->3 REFUSED_COOKIE attempt 1 with cookie");
    assertThat(script.greeted(true).refuse().wants()).containsExactly("abort link 3");
    assertThat(script.session.phase()).isEqualTo(OVER);
    assertThat(script.news())
        .containsExactly("moved 2->3 REFUSED_COOKIE attempt 1 with cookie", "over REFUSED_COOKIE");
    assertThat(script.told())
        .contains("pool=echo element=0x00000002 reports Rejected Due to Security Considerations");
  }

  @Test
  void refusalsWhileGreetedCountAsWell() {
    SessionScript script = SessionScript.up().cookie("c");
    moveTo(2, script).wants();
    assertThat(script.refuse().wants()).containsExactly("abort link 2");
    assertThat(script.session.phase()).isEqualTo(GREETING);
    assertThat(script.greeted(true).wants()).containsExactly("choose");
    script.choose(3).linkUp().wants();
    assertThat(script.refuse().wants()).containsExactly("abort link 3");
    assertThat(script.session.phase()).isEqualTo(OVER);
    assertThat(script.greeted(true).wants()).isEmpty();
    assertThat(script.news()).containsExactly("cookie of 1 size 1", "over REFUSED_COOKIE");
  }

  @Test
  void manualSessionIsAskedOnceThenOver() {
    SessionScript script = SessionScript.up(SessionMode.MANUAL).cookie("c");
    script.linkDown(LossSource.RESET).failover();
    script.choose(2).linkUp().greeted(true).refuse();
    assertThat(script.session.phase()).isEqualTo(FAILED);
    script.failover();
    script.choose(3).linkUp().greeted(true).refuse();
    assertThat(script.session.phase()).isEqualTo(OVER);
    assertThat(script.failover()).isFalse();
  }

  @Test
  void newerCookieIsNotTheOneThatWasRefused() {
    SessionScript script = SessionScript.up().cookie("c");
    moveTo(2, script).greeted(true).refuse();
    script.choose(3).linkUp().greeted(true).cookie("d");
    moveTo(4, script.pass(1000)).greeted(true).refuse();
    assertThat(script.session.phase()).isNotEqualTo(OVER);
    assertThat(script.session.cookie()).contains(Octets.ofUtf8("d"));
  }

  @Test
  void securityErrorWithoutAnEchoIsOnlyTold() {
    SessionScript script = SessionScript.up().refuse();
    assertThat(script.session.phase()).isEqualTo(UP);
    script.cookie("c");
    moveTo(2, script).greeted(true).cookie("taken").refuse();
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.told()).hasSize(4);
  }

  @Test
  void whatHasNoPlaceInASessionIsToldAFewTimes() {
    SessionScript script = SessionScript.up();
    script.receive(new AsapCookieEcho(Octets.ofUtf8("whose?")));
    script.receive(
        new AsapError(
            List.of(
                ErrorCause.of(CauseCode.UNSPECIFIED, Octets.ofUtf8("long")),
                ErrorCause.of(CauseCode.LACK_OF_RESOURCES))));
    for (int i = 0; i < 10; i++) {
      script.receive(new AsapHandleResolution(SessionScript.POOL, false, 1));
    }
    assertThat(script.told())
        .containsExactly(
            "pool=echo element=0x00000001 sent COOKIE_ECHO in a session: ignored",
            "pool=echo element=0x00000001 reports Unspecified Error, Lack of Resources",
            "pool=echo element=0x00000001 sent HANDLE_RESOLUTION in a session: ignored");
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.write()).isEmpty();
    assertThat(script.news()).isEmpty();
  }

  @Test
  void answerOfAnotherElementMeansThatTheOldOneIsGone() {
    SessionScript script = SessionScript.up().ack(1);
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.ack(2).wants()).containsExactly("abort link 1", "report 1", "choose");
    assertThat(script.session.loss().orElseThrow().source()).isEqualTo(LossSource.CLOSED);
    SessionScript pool = SessionScript.up();
    pool.receive(new AsapEndpointKeepAliveAck(PoolHandle.of("other"), ElementId.of(1)));
    assertThat(pool.session.loss()).isPresent();
  }

  @Test
  void messagesOfDeadLinksAreIgnored() {
    SessionScript script = SessionScript.up().cookie("c").linkDown(LossSource.RESET);
    script.cookie("late").card(5).refuse();
    assertThat(script.session.cookie()).contains(Octets.ofUtf8("c"));
    assertThat(script.session.card()).isEmpty();
  }
}
