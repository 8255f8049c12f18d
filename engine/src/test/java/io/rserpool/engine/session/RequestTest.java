package io.rserpool.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.session.UserSession.Phase;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapBusinessCard;
import org.junit.jupiter.api.Test;

/// Which cookies count where each belongs to one request.
final class RequestTest {

  private static SessionScript moveTo(int id, SessionScript script) {
    return script.linkDown(LossSource.RESET).choose(id).linkUp();
  }

  private static SessionScript ask(SessionScript script, String request) {
    assertThat(script.offer(request)).isTrue();
    assertThat(script.write()).containsExactly(request);
    return script;
  }

  @Test
  void cookieOfARequestThatIsDoneIsNotEchoed() {
    SessionScript script = ask(SessionScript.up(), "a").receive("A").cookie("a").beginRequest();
    assertThat(script.session.cookie()).isEmpty();
    moveTo(2, script).greeted(true);
    assertThat(script.write()).isEmpty();
    assertThat(script.session.lastMove().orElseThrow().cookieEchoed()).isFalse();
  }

  @Test
  void lateCookieIsNotTakenForOneOfTheNextRequest() {
    SessionScript script = ask(SessionScript.up(), "a").receive("A").beginRequest();
    script.news();
    script.cookie("before anything was sent");
    ask(script, "b").cookie("before anything was answered");
    assertThat(script.session.cookie()).isEmpty();
    assertThat(script.news()).isEmpty();
    script.receive("B").cookie("new");
    assertThat(script.session.cookie()).contains(Octets.ofUtf8("new"));
    assertThat(script.news()).containsExactly("1:B", "cookie of 1 size 3");
    assertThat(moveTo(2, script).write()).containsExactly("echo new");
  }

  @Test
  void dataThatCameBeforeAnythingWasSentIsNoAnswer() {
    SessionScript script = ask(SessionScript.up(), "a").beginRequest().receive("rest of A");
    ask(script, "b").cookie("late");
    assertThat(script.session.cookie()).isEmpty();
    script.receive("B").cookie("b");
    assertThat(script.session.cookie()).contains(Octets.ofUtf8("b"));
  }

  @Test
  void answerMayComeWhileTheRequestIsStillBeingWritten() {
    SessionScript script = SessionScript.up().beginRequest();
    script.offer("long");
    assertThat(script.next()).isEqualTo("long");
    script.writing().receive("objection").cookie("c");
    assertThat(script.session.cookie()).contains(Octets.ofUtf8("c"));
  }

  @Test
  void keepAlivesAndCardsAreNoRequests() {
    SessionScript script = SessionScript.up().beginRequest();
    script.session.present(
        script.nowNs(), new AsapBusinessCard(SessionScript.POOL, SessionScript.elements(7)));
    assertThat(script.write()).containsExactly("card [7]");
    script.receive("greeting").cookie("early");
    assertThat(script.session.cookie()).isEmpty();
  }

  @Test
  void requestThatIsRepeatedAfterAFailoverHasCookiesAsEver() {
    SessionScript script = ask(SessionScript.up(), "a").receive("A").cookie("a").beginRequest();
    ask(script, "b");
    moveTo(2, script).greet("b again").cookie("too early");
    assertThat(script.write()).containsExactly("b again");
    script.receive("B").greeted(true).cookie("b");
    assertThat(moveTo(3, script).write()).containsExactly("echo b");
    assertThat(script.session.lastMove().orElseThrow().cookieEchoed()).isFalse();
    script.greeted(true);
    assertThat(script.session.lastMove().orElseThrow().cookieEchoed()).isTrue();
  }

  @Test
  void cookieOfTheRequestGoesWithItOverSeveralElements() {
    SessionScript script = ask(SessionScript.up().beginRequest(), "a").receive("A1").cookie("a1");
    assertThat(moveTo(2, script).greeted(true).write()).containsExactly("echo a1");
    script.cookie("a2");
    assertThat(moveTo(3, script).greeted(true).write()).containsExactly("echo a2");
    script.beginRequest();
    assertThat(moveTo(4, script).write()).isEmpty();
  }

  @Test
  void nobodyIsToldOfACookieThatIsForgotten() {
    SessionScript script = SessionScript.up(SessionMode.MANUAL).receive("A").cookie("a");
    script.linkDown(LossSource.RESET).beginRequest();
    assertThat(script.news()).containsExactly("1:A", "necessary RESET");
    assertThat(script.failover()).isTrue();
    assertThat(script.choose(2).linkUp().greeted(true).write()).isEmpty();
  }

  @Test
  void elementThatIsBeingGivenTheCookieGetsItAndTheNextOneDoesNot() {
    SessionScript script = SessionScript.up().cookie("a");
    moveTo(2, script).beginRequest();
    assertThat(script.write()).containsExactly("echo a");
    assertThat(script.greeted(true).session.lastMove().orElseThrow().cookieEchoed()).isTrue();
    assertThat(moveTo(3, script).write()).isEmpty();
  }

  @Test
  void elementThatWaitsForTheLastMessageToTheOldOneGetsNoCookieOfBefore() {
    SessionScript script = SessionScript.up().cookie("a");
    script.offer("half");
    LinkId old = script.writing().link();
    moveTo(2, script).beginRequest().unwritten(old);
    assertThat(script.session.phase()).isEqualTo(Phase.GREETING);
    assertThat(script.greeted(true).write()).containsExactly("half");
    assertThat(script.session.lastMove().orElseThrow().cookieEchoed()).isFalse();
  }

  @Test
  void refusalsOfAForgottenCookieDoNotEndTheSession() {
    SessionScript script = SessionScript.up().cookie("a");
    moveTo(2, script).greeted(true).write();
    script.refuse().choose(3).linkUp();
    assertThat(script.write()).containsExactly("echo a");
    script.beginRequest().greeted(true).refuse();
    assertThat(script.session.phase()).isEqualTo(Phase.MOVING);
    assertThat(script.choose(4).linkUp().greeted(true).write()).isEmpty();
    assertThat(script.session.phase()).isEqualTo(Phase.UP);
  }
}
