package io.rserpool.engine.session;

import static io.rserpool.engine.session.UserSession.Phase.FAILED;
import static io.rserpool.engine.session.UserSession.Phase.GREETING;
import static io.rserpool.engine.session.UserSession.Phase.MOVING;
import static io.rserpool.engine.session.UserSession.Phase.OVER;
import static io.rserpool.engine.session.UserSession.Phase.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// What becomes of what a session sends.
final class OutputTest {

  private static SessionScript moveTo2(SessionScript script) {
    return script.linkDown(LossSource.RESET).choose(2).linkUp();
  }

  @Test
  void whatWasOfferedIsWrittenInOrder() {
    SessionScript script = SessionScript.up();
    assertThat(script.next()).isEqualTo("-");
    script.offer("a");
    script.offer("b");
    assertThat(script.next()).isEqualTo("a");
    assertThat(script.next()).isEqualTo("a");
    assertThat(script.session.isDrained()).isFalse();
    assertThat(script.write()).containsExactly("a", "b");
    assertThat(script.session.isDrained()).isTrue();
  }

  @Test
  void endComesAfterTheRestAndNothingAfterIt() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    script.endOutput();
    assertThatThrownBy(() -> script.offer("b")).isInstanceOf(IllegalStateException.class);
    assertThat(script.write()).containsExactly("a", "end");
    assertThat(script.session.isDrained()).isTrue();
  }

  @Test
  void queueHasALimitAndTakesOneMessageOfAnySizeBelowIt() {
    SessionScript script = SessionScript.up(s -> s.unsentMax(10));
    assertThat(script.offer("123456789")).isTrue();
    assertThat(script.offer("x".repeat(1000))).isTrue();
    assertThat(script.offer("no room")).isFalse();
    script.writing().written(script.link());
    assertThat(script.offer("no room")).isFalse();
    script.writing().written(script.link());
    assertThat(script.offer("room")).isTrue();
  }

  @Test
  void whatWasNotWrittenAsAWholeGoesToTheNextElementFromItsBeginning() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    script.offer("b");
    script.offer("c");
    script.writing().written(script.link()).writing();
    LinkId old = script.link();
    moveTo2(script.unwritten(old));
    assertThat(script.greeted(true).write()).containsExactly("b", "c");
  }

  @Test
  void newElementGetsNothingBeforeItIsKnownWhatTheOldOneWasGiven() {
    SessionScript script = SessionScript.up().cookie("c");
    script.news();
    script.offer("a");
    script.offer("b");
    LinkId old = script.link();
    script.writing().wants();
    moveTo2(script);
    assertThat(script.wants()).containsExactly("report 1", "choose", "call 2 within 1000");
    assertThat(script.session.phase()).isEqualTo(MOVING);
    assertThat(script.session.mayRead(script.link())).isFalse();
    assertThat(script.next()).isEqualTo("-");
    assertThat(script.receive("early").news()).isEmpty();
    assertThat(script.written(old).wants())
        .containsExactly("greet 1->2 RESET attempt 1 with cookie");
    assertThat(script.session.phase()).isEqualTo(GREETING);
    assertThat(script.write()).containsExactly("echo c");
    assertThat(script.greeted(true).write()).containsExactly("b");
    assertThat(script.news()).containsExactly("moved 1->2 RESET attempt 1 with cookie", "2:early");
  }

  @Test
  void linkThatFailsWhileItIsHeldIsOneAttempt() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    LinkId old = script.link();
    moveTo2(script.writing()).wants();
    assertThat(script.linkDown(LossSource.RESET).wants()).containsExactly("report 2", "choose");
    script.unwritten(old).choose(3).linkUp().greeted(true);
    assertThat(script.write()).containsExactly("a");
    assertThat(script.news()).containsExactly("moved 1->3 RESET attempt 2");
  }

  @Test
  void heldLinkIsGivenUpWithTheMove() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    LinkId old = script.link();
    moveTo2(script.writing()).wants();
    assertThat(script.pass(30_000).wants()).containsExactly("abort link 2");
    assertThat(script.session.phase()).isEqualTo(OVER);
    assertThat(script.news()).isEmpty();
    assertThat(script.unwritten(old).news()).containsExactly("over RESET");
  }

  @Test
  void whatWasNotTakenAsAWholeIsALossOfItsOwn() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    assertThat(script.writing().unwritten(script.link()).wants())
        .containsExactly("abort link 1", "report 1", "choose");
    assertThat(script.session.loss().orElseThrow().source()).isEqualTo(LossSource.RESET);
  }

  @Test
  void boundMessagesComeBackAndOthersGoOn() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    script.offerBound("b");
    script.offer("c");
    script.offerBound("d");
    moveTo2(script.receive("old")).greeted(true);
    assertThat(script.news())
        .containsExactly("1:old", "unsent b RESET", "unsent d RESET", "moved 1->2 RESET attempt 1");
    assertThat(script.write()).containsExactly("a", "c");
  }

  @Test
  void boundMessageThatIsBeingWrittenComesBackOnlyIfItWasNotWritten() {
    for (boolean isWritten : new boolean[] {true, false}) {
      SessionScript script = SessionScript.up(SessionMode.MANUAL);
      script.offerBound("a");
      script.offerBound("b");
      LinkId old = script.link();
      script.writing().linkDown(LossSource.RESET);
      assertThat(script.session.phase()).isEqualTo(FAILED);
      assertThat(script.news()).isEmpty();
      if (isWritten) {
        assertThat(script.written(old).news()).containsExactly("unsent b RESET", "necessary RESET");
      } else {
        assertThat(script.unwritten(old).news())
            .containsExactly("unsent a RESET", "unsent b RESET", "necessary RESET");
      }
    }
  }

  @Test
  void unsentMessagesSurviveTheFailoverThatDropsTheRest() {
    SessionScript script = SessionScript.up(SessionMode.MANUAL);
    script.offer("a");
    script.offerBound("b");
    script.linkDown(LossSource.RESET).failover();
    assertThat(script.news()).containsExactly("unsent b RESET");
  }

  @Test
  void overComesAfterWhatWasNotSent() {
    SessionScript script = SessionScript.up(SessionMode.NONE);
    script.offer("a");
    script.offerBound("b");
    script.linkDown(LossSource.RESET);
    assertThat(script.news()).containsExactly("unsent b RESET", "over RESET");
  }

  @Test
  void endIsToldToTheNextElementAsWell() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    script.endOutput();
    assertThat(script.write()).containsExactly("a", "end");
    moveTo2(script).greeted(true);
    assertThat(script.session.isDrained()).isFalse();
    assertThat(script.write()).containsExactly("end");
  }

  @Test
  void greetingGoesBeforeTheRest() {
    SessionScript script = SessionScript.up();
    script.offer("work");
    moveTo2(script);
    assertThat(script.session.isGreetingDrained()).isTrue();
    assertThat(script.offer("too early")).isFalse();
    script.greet("login").greet("password");
    assertThat(script.session.isGreetingDrained()).isFalse();
    assertThat(script.write()).containsExactly("login", "password");
    assertThat(script.session.isGreetingDrained()).isTrue();
    assertThat(script.session.isDrained()).isFalse();
    script.greet("late").greeted(true);
    assertThat(script.write()).containsExactly("late", "work");
    assertThat(script.greet("not now").write()).isEmpty();
  }

  @Test
  void greetingOfAnElementThatFailedIsGone() {
    SessionScript script = SessionScript.up();
    script.offer("work");
    moveTo2(script).greet("login").greet("more");
    LinkId second = script.link();
    script.writing().linkDown(LossSource.RESET).greeted(false);
    script.choose(3).linkUp();
    assertThat(script.session.phase()).isEqualTo(MOVING);
    script.written(second);
    assertThat(script.session.phase()).isEqualTo(GREETING);
    assertThat(script.write()).isEmpty();
    assertThat(script.greeted(true).write()).containsExactly("work");
  }

  @Test
  void deadLinksAreGivenNothing() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    LinkId old = script.link();
    moveTo2(script).greeted(true);
    assertThat(script.session.next(old)).isInstanceOf(Outgoing.Nothing.class);
    script.session.writing(old);
    script.written(old).unwritten(old).receive(old, "ghost").linkDown(old, LossSource.RESET);
    assertThat(script.session.phase()).isEqualTo(UP);
    assertThat(script.session.mayRead(old)).isFalse();
    assertThat(script.news()).containsExactly("moved 1->2 RESET attempt 1");
    assertThat(script.write()).containsExactly("a");
  }

  @Test
  void closedSessionWritesOnWhatItAcceptedButReadsNothing() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    script.offer("b");
    script.close();
    assertThat(script.offer("c")).isFalse();
    assertThat(script.session.mayRead(script.link())).isFalse();
    assertThat(script.session.isDrained()).isFalse();
    assertThat(script.write()).containsExactly("a", "b");
    assertThat(script.session.isDrained()).isTrue();
    assertThat(script.closed().wants()).containsExactly("close link 1");
  }

  @Test
  void closedSessionThatLosesItsLinkHasNothingLeftToWrite() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    script.close().linkDown(LossSource.RESET);
    assertThat(script.session.isDrained()).isTrue();
    assertThat(script.closed().wants()).isEmpty();
    assertThat(script.told()).isEmpty();
    SessionScript moving = SessionScript.up();
    moving.offer("a");
    moving.linkDown(LossSource.RESET).close();
    assertThat(moving.session.isDrained()).isTrue();
  }

  @Test
  void closedSessionBreaksALinkThatTakesNothingAsAWhole() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    script.close().writing().wants();
    assertThat(script.unwritten(script.link()).wants()).containsExactly("abort link 1");
    assertThat(script.session.isDrained()).isTrue();
  }

  @Test
  void nothingIsTakenForWrittenThatAnotherLinkWrote() {
    SessionScript script = SessionScript.up();
    script.offer("a");
    script.writing().written(new LinkId(99)).unwritten(new LinkId(99));
    assertThat(script.write()).containsExactly("a");
  }

  @Test
  void whatIsDroppedOrComesBackMakesRoom() {
    SessionScript script = SessionScript.up(s -> s.mode(SessionMode.MANUAL).unsentMax(10));
    script.offer("12345");
    script.offerBound("67890");
    assertThat(script.offer("no room")).isFalse();
    script.linkDown(LossSource.RESET).failover();
    script.choose(2).linkUp().greeted(true);
    assertThat(script.offer("12345")).isTrue();
    assertThat(script.offer("67890")).isTrue();
    assertThat(script.offer("no room")).isFalse();
  }
}
