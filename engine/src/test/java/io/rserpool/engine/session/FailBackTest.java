package io.rserpool.engine.session;

import static io.rserpool.engine.session.UserSession.Phase.FAILED;
import static io.rserpool.engine.session.UserSession.Phase.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ElementId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How a session goes back to the element that it prefers.
final class FailBackTest {

  /// On element 1, preferring element 5.
  private static SessionScript away(SessionMode mode) {
    return SessionScript.up(
            s -> s.mode(mode).preferred(ElementId.of(5)).failBackAfter(Duration.ofSeconds(10)))
        .pass(1000);
  }

  private static SessionScript away() {
    return away(SessionMode.AUTOMATIC);
  }

  @Test
  void sessionGoesBackInOrderAfterItsTime() {
    SessionScript script = away().card(2, 3).pushed(1, 5);
    script.passNs(10_000 * SessionScript.MS - 1);
    assertThat(script.wants()).isEmpty();
    assertThat(script.passNs(1).wants()).containsExactly("close link 1", "choose 5");
    assertThat(script.choose(5).linkUp().wants())
        .containsExactly("call 5 within 1000", "greet 1->5 FAIL_BACK attempt 1");
    script.greeted(true).pass(60_000);
    assertThat(script.wants()).isEmpty();
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void preferredElementMustStayInThePool() {
    SessionScript script = away().pushed(1, 5).pass(9000).pushed(1).pass(9000).pushed(1, 5);
    script.told(false, true, 1);
    assertThat(script.pass(9999).wants()).isEmpty();
    assertThat(script.pass(1).wants()).containsExactly("close link 1", "choose 5");
  }

  @Test
  void elementThatIsInThePoolAllTheTimeIsGivenTheWholeTimeToo() {
    SessionScript script =
        SessionScript.of(s -> s.preferred(ElementId.of(5)).failBackAfter(Duration.ofSeconds(10)))
            .pushed(1, 5)
            .pass(60_000)
            .open()
            .choose(5)
            .linkDown(LossSource.REFUSED)
            .choose(1)
            .linkUp();
    script.wants();
    assertThat(script.pass(9999).wants()).isEmpty();
    assertThat(script.pass(1).wants()).containsExactly("close link 2", "choose 5");
  }

  @Test
  void outputIsDrainedFirstAndNothingNewIsTaken() {
    SessionScript script = away().pushed(1, 5).pass(9999);
    script.offer("a");
    script.offer("b");
    script.writing().pass(1);
    assertThat(script.offer("c")).isFalse();
    assertThat(script.written(script.link()).wants()).isEmpty();
    assertThat(script.writing().written(script.link()).wants())
        .containsExactly("close link 1", "choose 5");
    assertThat(script.news()).containsExactly("pool [1, 5]");
  }

  @Test
  void sessionStaysIfThePreferredElementGoesAwayMeanwhile() {
    SessionScript script = away().pushed(1, 5).pass(9999);
    script.offer("a");
    script.writing().pass(1).pushed(1);
    assertThat(script.offer("b")).isTrue();
    assertThat(script.written(script.link()).wants()).isEmpty();
    assertThat(script.session.phase()).isEqualTo(UP);
  }

  @Test
  void halfEndedConversationStaysWhereItIs() {
    SessionScript script = away().pushed(1, 5).endOutput();
    script.write();
    assertThat(script.pass(60_000).wants()).isEmpty();
    SessionScript late = away().pushed(1, 5).pass(9999);
    late.offer("a");
    late.writing().pass(1).endOutput();
    assertThat(late.written(late.link()).write()).containsExactly("end");
    assertThat(late.pass(60_000).wants()).isEmpty();
  }

  @Test
  void formerElementIsTakenAgainIfThePreferredOneRefuses() {
    SessionScript script = away().pushed(1, 5).pass(10_000).choose(5);
    script.wants();
    assertThat(script.linkDown(LossSource.REFUSED).wants()).containsExactly("report 5", "choose");
    assertThat(script.choose(1).wants()).containsExactly("call 1 within 1000");
  }

  @Test
  void manualSessionIsAskedAndUnmovableOneStays() {
    SessionScript manual = away(SessionMode.MANUAL).pushed(1, 5).pass(10_000);
    assertThat(manual.wants()).containsExactly("close link 1");
    assertThat(manual.session.phase()).isEqualTo(FAILED);
    assertThat(manual.news()).containsExactly("pool [1, 5]", "necessary FAIL_BACK");
    manual.failover();
    assertThat(manual.wants()).containsExactly("choose 5");
    assertThat(away(SessionMode.NONE).pushed(1, 5).pass(60_000).session.phase()).isEqualTo(UP);
  }

  @Test
  void withoutTheSettingASessionStays() {
    SessionScript script = SessionScript.up(s -> s.preferred(ElementId.of(5))).pushed(1, 5);
    assertThat(script.pass(60_000).wants()).isEmpty();
  }

  @Test
  void polledPoolTellsOfThePreferredElementAsWell() {
    SessionScript script =
        SessionScript.up(s ->
                s.preferred(ElementId.of(5))
                    .failBackAfter(Duration.ofSeconds(7))
                    .poolCheckInterval(Duration.ofSeconds(5)))
            .pass(5000)
            .list(1, 5)
            .pass(5000)
            .list(1, 5);
    script.wants();
    assertThat(script.pass(1999).wants()).isEmpty();
    assertThat(script.pass(1).wants()).containsExactly("close link 1", "choose 5");
  }
}
