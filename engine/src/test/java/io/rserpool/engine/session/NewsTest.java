package io.rserpool.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What the application hears of its session, in which order, and how much of it waits.
final class NewsTest {

  @Test
  void whatTheOldElementSaidComesBeforeTheMoveAndTheNewOne() {
    SessionScript script = SessionScript.up().pass(1000).receive("old 1").cookie("c");
    script.receive("old 2").linkDown(LossSource.RESET).choose(2).linkUp();
    script.receive("new 1").cookie("dd").receive("new 2");
    assertThat(script.poll()).isEqualTo("1:old 1");
    script.greeted(true).receive("new 3").pushed(2, 3);
    assertThat(script.news())
        .containsExactly(
            "1:old 2",
            "moved 1->2 RESET attempt 1 with cookie",
            "2:new 1",
            "cookie of 2 size 2",
            "2:new 2",
            "2:new 3",
            "pool [2, 3]");
  }

  @Test
  void greeterHearsTheNewElementAloneAndEverybodyElseTheOldOne() {
    SessionScript script = SessionScript.up().pass(1000).receive("old");
    script.linkDown(LossSource.RESET).choose(2).linkUp().receive("welcome");
    assertThat(script.news(true)).containsExactly("2:welcome");
    assertThat(script.news(false)).containsExactly("1:old");
    script.receive("rest").greeted(true);
    assertThat(script.news(true)).containsExactly("moved 1->2 RESET attempt 1", "2:rest");
  }

  @Test
  void greeterSeesTheEndAndEverybodyElseHearsOfItToo() {
    SessionScript script = SessionScript.up(s -> s.endsOrderly(true)).pass(1000);
    script.linkDown(LossSource.RESET).choose(2).linkUp().receive("x").end();
    assertThat(script.news(true)).containsExactly("2:x", "ended");
    assertThat(script.news(true)).containsExactly("ended");
    script.greeted(true);
    assertThat(script.news()).containsExactly("moved 1->2 RESET attempt 1", "ended");
  }

  @Test
  void discardDropsWhatOldElementsSaid() {
    SessionScript script = SessionScript.up().pass(1000).receive("old").cookie("c");
    script.linkDown(LossSource.RESET).choose(2).linkUp().receive("new");
    script.session.discard(script.nowNs());
    assertThat(script.news(true)).containsExactly("2:new");
    assertThat(script.news(false)).containsExactly("cookie of 1 size 1");
    script.greeted(true).receive("more");
    script.session.discard(script.nowNs());
    assertThat(script.news()).containsExactly("moved 1->2 RESET attempt 1 with cookie");
  }

  @Test
  void noticesThatNobodyReadsStayFew() {
    SessionScript script = SessionScript.up();
    for (int i = 1; i <= 1000; i++) {
      script.cookie("c".repeat(1 + i % 5)).card(3).pushed(1, 2 + i % 2);
    }
    assertThat(script.news()).containsExactly("cookie of 1 size 1", "card of 1", "pool [1, 2]");
    for (int i = 0; i < 100; i++) {
      script.pass(1000).linkDown(LossSource.RESET).list(1, 2).choose(2 + i % 2);
      script.linkUp().greeted(true);
    }
    assertThat(script.news()).hasSize(64);
  }

  @Test
  void sameStateOfThePoolIsToldOnce() {
    SessionScript script = SessionScript.up().pushed(1, 2).pushed(1, 2);
    assertThat(script.news()).containsExactly("pool [1, 2]");
    assertThat(script.pushed(1, 2).news()).isEmpty();
    assertThat(script.pushed(1).pushed(1, 3).news()).containsExactly("pool [1, 3]");
  }

  @Test
  void readingAheadHasALimitForEachLink() {
    SessionScript script = SessionScript.up(s -> s.unreadMax(10));
    script.receive("123456789");
    assertThat(script.session.mayRead(script.link())).isTrue();
    script.receive("0");
    assertThat(script.session.mayRead(script.link())).isFalse();
    assertThat(script.poll()).isEqualTo("1:123456789");
    assertThat(script.session.mayRead(script.link())).isTrue();
    script.receive("123456789");
    script.linkDown(LossSource.RESET).choose(2).linkUp();
    assertThat(script.session.mayRead(script.link())).isTrue();
    script.receive("x".repeat(100));
    assertThat(script.session.mayRead(script.link())).isFalse();
    assertThat(script.news(true)).hasSize(1);
    assertThat(script.session.mayRead(script.link())).isTrue();
    script.greeted(true).receive("0123456789");
    assertThat(script.poll()).isEqualTo("1:0");
    assertThat(script.poll()).isEqualTo("1:123456789");
    assertThat(script.session.mayRead(script.link())).isFalse();
    script.news();
    assertThat(script.session.mayRead(script.link())).isTrue();
  }

  @Test
  void whoNeverReadsIsGivenNoMoreAtSomeTime() {
    SessionScript script = SessionScript.up(s -> s.unreadMax(10));
    for (int i = 0; i < 3; i++) {
      script.receive("0123456789").pass(1000);
      script.linkDown(LossSource.RESET).choose(2 + i % 2).linkUp().greeted(true).pass(1000);
    }
    script.receive("012345678");
    assertThat(script.session.mayRead(script.link())).isTrue();
    script.receive("9");
    assertThat(script.session.mayRead(script.link())).isFalse();
    script.session.discard(script.nowNs());
    assertThat(script.session.mayRead(script.link())).isTrue();
    assertThat(script.news()).hasSize(3);
  }

  @Test
  void whatElementsSaidWhoseGreetingFailedDoesNotCount() {
    SessionScript script = SessionScript.up(s -> s.unreadMax(10)).linkDown(LossSource.RESET);
    for (int id = 2; id <= 9; id++) {
      script.choose(id).linkUp().receive("0123456789").greeted(false);
    }
    script.choose(10).linkUp().greeted(true);
    assertThat(script.session.mayRead(script.link())).isTrue();
    assertThat(script.news()).containsExactly("moved 1->10 RESET attempt 9");
  }
}
