package io.rserpool.engine.session;

import static io.rserpool.engine.session.UserSession.Phase.GREETING;
import static io.rserpool.engine.session.UserSession.Phase.MOVING;
import static io.rserpool.engine.session.UserSession.Phase.UP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The times after which an element is taken for lost though its link stands.
final class SensesTest {

  private static final long SECOND_NS = 1000 * SessionScript.MS;
  private static final List<String> LOST = List.of("abort link 1", "report 1", "choose");

  private static SessionScript reading() {
    return SessionScript.up(s -> s.readTimeout(Duration.ofSeconds(1)));
  }

  private static SessionScript beating() {
    return SessionScript.up(
        s -> s.heartbeatInterval(Duration.ofSeconds(1)).heartbeatTimeout(Duration.ofMillis(500)));
  }

  private static LossSource source(SessionScript script) {
    return script.session.loss().orElseThrow().source();
  }

  // The read time-out.

  @Test
  void silenceCountsOnlyWhileTheApplicationWaits() {
    SessionScript script = reading().pass(5000);
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    script.waits(true).pass(600).waits(false).pass(600).waits(true).passNs(SECOND_NS - 1);
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.passNs(1).wants()).isEqualTo(LOST);
    assertThat(source(script)).isEqualTo(LossSource.READ_TIMEOUT);
    assertThat(script.session.loss().orElseThrow().reason()).isEqualTo("nothing came for PT1S");
  }

  @Test
  void waitingTwiceDoesNotBeginAnew() {
    SessionScript script = reading().waits(true).pass(999).waits(true).pass(1);
    assertThat(source(script)).isEqualTo(LossSource.READ_TIMEOUT);
  }

  @Test
  void dataEndsTheSilenceButControlMessagesDoNot() {
    SessionScript script = reading().waits(true).pass(900).receive("x").pass(999).cookie("c");
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.pass(1).session.phase()).isEqualTo(MOVING);
  }

  @Test
  void onlyTheGreeterWaitsForAnElementThatIsGreeted() {
    SessionScript script = reading().waits(true);
    script.linkDown(LossSource.RESET).choose(2).linkUp().pass(5000);
    assertThat(script.session.loss()).isEmpty();
    script.greeterWaits(true).passNs(SECOND_NS - 1);
    assertThat(script.session.loss()).isEmpty();
    script.passNs(1);
    assertThat(source(script)).isEqualTo(LossSource.READ_TIMEOUT);
    assertThat(script.session.phase()).isEqualTo(GREETING);
  }

  @Test
  void everybodyElseWaitsForTheNewElementFromTheEndOfTheGreeting() {
    SessionScript script = reading().waits(true);
    script.linkDown(LossSource.RESET).choose(2).linkUp().pass(5000).greeted(true);
    assertThat(script.passNs(SECOND_NS - 1).session.phase()).isEqualTo(UP);
    assertThat(script.passNs(1).session.phase()).isEqualTo(MOVING);
  }

  @Test
  void elementThatHasEndedIsNotWaitedFor() {
    SessionScript script =
        SessionScript.up(s ->
                s.readTimeout(Duration.ofSeconds(1))
                    .heartbeatInterval(Duration.ofSeconds(1))
                    .poolCheckInterval(Duration.ofSeconds(1))
                    .endsOrderly(true))
            .end()
            .waits(true);
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    assertThat(script.pass(10_000).session.phase()).isEqualTo(UP);
  }

  // The send time-out.

  @Test
  void elementThatTakesNothingIsLost() {
    SessionScript script = SessionScript.up().pass(3000);
    script.offer("a");
    script.pass(3000).offer("b");
    assertThat(script.pass(6999).session.phase()).isEqualTo(UP);
    assertThat(script.passNs(SessionScript.MS - 1).session.phase()).isEqualTo(UP);
    assertThat(script.passNs(1).wants()).isEqualTo(LOST);
    assertThat(source(script)).isEqualTo(LossSource.SEND_TIMEOUT);
  }

  @Test
  void anyProgressGivesTheElementItsTimeAgain() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    script.offer("b");
    script.writing().pass(9999).written(script.link()).writing().pass(9999);
    assertThat(script.session.phase()).isEqualTo(UP);
    script.written(script.link());
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    script.pass(60_000).endOutput();
    assertThat(script.pass(9999).session.phase()).isEqualTo(UP);
    assertThat(script.pass(1).session.phase()).isEqualTo(MOVING);
  }

  @Test
  void whatWaitsForTheEndOfTheGreetingIsNotHeldAgainstTheElement() {
    SessionScript script = SessionScript.up();
    script.offer("work");
    script.linkDown(LossSource.RESET).choose(2).linkUp();
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    script.pass(20_000).greet("login");
    assertThat(script.pass(9999).session.loss()).isEmpty();
    script.writing().written(script.link());
    assertThat(script.pass(9800).greeted(true).session.phase()).isEqualTo(UP);
    assertThat(script.pass(9999).session.phase()).isEqualTo(UP);
    assertThat(script.pass(1).session.phase()).isEqualTo(MOVING);
    SessionScript deaf = SessionScript.up().linkDown(LossSource.RESET).choose(2).linkUp();
    deaf.greet("login").pass(10_000);
    assertThat(source(deaf)).isEqualTo(LossSource.SEND_TIMEOUT);
  }

  // The heartbeat.

  @Test
  void silentElementIsAskedAndLostWithoutAnAnswer() {
    SessionScript script = beating();
    script.passNs(SECOND_NS - 1);
    assertThat(script.write()).isEmpty();
    script.passNs(1);
    assertThat(script.write()).containsExactly("keep-alive");
    script.passNs(500 * SessionScript.MS - 1);
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.passNs(1).wants()).isEqualTo(LOST);
    assertThat(source(script)).isEqualTo(LossSource.HEARTBEAT);
  }

  @Test
  void anythingThatIsHeardIsASignOfLife() {
    SessionScript script = beating();
    for (int i = 0; i < 3; i++) {
      script.pass(1000);
      assertThat(script.write()).containsExactly("keep-alive");
      script.pass(499);
      switch (i) {
        case 0 -> script.ack(1);
        case 1 -> script.receive("x");
        default -> script.cookie("c");
      }
    }
    script.pass(999).receive("y").pass(999);
    assertThat(script.write()).isEmpty();
    assertThat(script.session.phase()).isEqualTo(UP);
  }

  @Test
  void keepAliveGoesToTheElementInTheNameOfNoRegistrar() {
    SessionScript script = beating().pass(1000);
    assertThat(script.session.next(script.link()).toString())
        .contains("AsapEndpointKeepAlive")
        .contains("home=false")
        .contains("handle=echo")
        .contains("elementId=0x00000000")
        .contains("serverId=0x00000000");
  }

  @Test
  void withoutControlChannelOrIntervalNobodyIsAsked() {
    SessionScript plain =
        SessionScript.of(s -> s.heartbeatInterval(Duration.ofSeconds(1)))
            .open()
            .choose(1)
            .linkUp(false);
    assertThat(plain.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    assertThat(SessionScript.up().session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void elementIsAskedWhileItIsGreetedToo() {
    SessionScript script = beating().linkDown(LossSource.RESET).choose(2).linkUp().pass(1000);
    assertThat(script.write()).containsExactly("keep-alive");
    script.pass(500);
    assertThat(source(script)).isEqualTo(LossSource.HEARTBEAT);
    assertThat(script.session.phase()).isEqualTo(GREETING);
  }

  @Test
  void questionThatWaitsBehindDataWasNotAskedYet() {
    SessionScript script = beating().pass(950);
    script.offer("big");
    script.writing().pass(99).written(script.link());
    assertThat(script.write()).containsExactly("keep-alive");
    assertThat(script.pass(499).session.phase()).isEqualTo(UP);
    assertThat(script.pass(1).session.phase()).isEqualTo(MOVING);
    SessionScript deaf = beating();
    deaf.offer("big");
    deaf.writing();
    assertThat(deaf.pass(9999).session.phase()).isEqualTo(UP);
    deaf.pass(1);
    assertThat(source(deaf)).isEqualTo(LossSource.SEND_TIMEOUT);
  }

  @Test
  void dataThatIsTakenAfterAWaitIsASignOfLifeButWhatIsTakenAtOnceIsNone() {
    SessionScript slow = beating();
    for (int i = 0; i < 20; i++) {
      slow.offer("x");
      slow.writing().pass(100).written(slow.link());
    }
    assertThat(slow.next()).isEqualTo("-");
    SessionScript frozen = beating();
    for (int i = 0; i < 20 && frozen.session.phase() == UP; i++) {
      frozen.offer("x");
      frozen.write();
      frozen.pass(100);
    }
    assertThat(source(frozen)).isEqualTo(LossSource.HEARTBEAT);
  }

  @Test
  void silenceOfAnElementThatIsHeldBackProvesNothing() {
    SessionScript script =
        SessionScript.up(s -> s.heartbeatInterval(Duration.ofSeconds(1)).unreadMax(4));
    script.receive("full");
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    script.pass(60_000);
    assertThat(script.write()).isEmpty();
    assertThat(script.poll()).isEqualTo("1:full");
    script.passNs(SECOND_NS - 1);
    assertThat(script.write()).isEmpty();
    script.passNs(1);
    assertThat(script.write()).containsExactly("keep-alive");
    script.receive("more").pass(60_000);
    script.session.discard(script.nowNs());
    assertThat(script.passNs(SECOND_NS - 1).write()).isEmpty();
    assertThat(script.passNs(1).write()).containsExactly("keep-alive");
  }

  @Test
  void nobodyIsAskedAfterTheEndOfOutputWasWritten() {
    SessionScript script = beating().endOutput();
    assertThat(script.write()).containsExactly("end");
    assertThat(script.session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }

  // The session's own lateness.

  @Test
  void sessionThatWasWokenMuchTooLateGivesTheTimeOnceMore() {
    SessionScript script = beating().pass(1000);
    assertThat(script.write()).containsExactly("keep-alive");
    script.sleep(60_000).tick();
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.pass(499).session.phase()).isEqualTo(UP);
    assertThat(script.pass(1).session.phase()).isEqualTo(MOVING);
  }

  @Test
  void sessionThatIsWokenLateAgainAndAgainNoticesYet() {
    SessionScript script = reading().waits(true).sleep(60_000).tick();
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.sleep(60_000).tick().session.phase()).isEqualTo(MOVING);
  }

  @Test
  void sendTimeoutIsForgivenAsWell() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    assertThat(script.sleep(60_000).tick().session.phase()).isEqualTo(UP);
    assertThat(script.pass(9999).session.phase()).isEqualTo(UP);
    assertThat(script.pass(1).session.phase()).isEqualTo(MOVING);
  }

  @Test
  void littleLatenessIsNotForgiven() {
    SessionScript script = reading().waits(true).sleep(1499).tick();
    assertThat(source(script)).isEqualTo(LossSource.READ_TIMEOUT);
  }

  @Test
  void answerThatIsHandedOverBeforeTheTickCounts() {
    SessionScript script = beating().pass(1000);
    script.write();
    assertThat(script.sleep(600).ack(1).tick().session.phase()).isEqualTo(UP);
  }
}
