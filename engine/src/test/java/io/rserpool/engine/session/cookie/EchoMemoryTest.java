package io.rserpool.engine.session.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EchoMemoryTest {

  private final SplittableRandom random = new SplittableRandom(2);
  private final SessionId first = SessionId.create(random);
  private final SessionId second = SessionId.create(random);

  private static Opening.Opened shown(SessionId session, long sequence) {
    return new Opening.Opened(Octets.EMPTY, session, sequence, Duration.ZERO);
  }

  @Test
  void olderCookieOfASessionIsRefusedOnceANewerOneWasShown() {
    EchoMemory memory = new EchoMemory(10);
    assertThat(memory.admit(shown(first, 5))).isEqualTo(shown(first, 5));
    assertThat(memory.admit(shown(first, 4)))
        .isEqualTo(
            new Opening.Refused(
                Refusal.NEWER_SEEN,
                "it has number 4, but the user has shown number 5 of session %s before"
                    .formatted(first)));
    // Shown again to an element that did not get far, and shown a newer one.
    for (long sequence : List.of(5L, 6L)) {
      assertThat(memory.admit(shown(first, sequence))).isEqualTo(shown(first, sequence));
    }
    assertThat(memory.admit(shown(second, 1))).isEqualTo(shown(second, 1));
    assertThat(memory.admit(shown(first, 5))).isInstanceOf(Opening.Refused.class);
  }

  @Test
  void sessionsThatShowedNothingForTheLongestTimeAreForgotten() {
    EchoMemory memory = new EchoMemory(2);
    assertThat(memory.admit(shown(first, 5))).isInstanceOf(Opening.Opened.class);
    assertThat(memory.admit(shown(second, 5))).isInstanceOf(Opening.Opened.class);
    assertThat(memory.admit(shown(first, 5))).isInstanceOf(Opening.Opened.class);
    assertThat(memory.admit(shown(SessionId.create(random), 1))).isInstanceOf(Opening.Opened.class);
    assertThat(memory.size()).isEqualTo(2);
    assertThat(memory.admit(shown(first, 4))).isInstanceOf(Opening.Refused.class);
    assertThat(memory.admit(shown(second, 4))).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void sessionKeepsItsIdentifierAndCountsOnOverAllElements() {
    CookieSeal seal =
        new CookieSeal(
            CookieKeys.create(random, 0),
            CookieSettings.defaults(),
            PoolHandle.of("P"),
            Octets.EMPTY);
    SessionCookies atFirst = new SessionCookies(random);
    Opening.Opened one = opened(seal, atFirst);
    Opening.Opened two = opened(seal, atFirst);
    assertThat(one.sequence()).isEqualTo(1);
    assertThat(two.sequence()).isEqualTo(2);
    assertThat(two.session()).isEqualTo(one.session());

    SessionCookies atNext = new SessionCookies(random);
    atNext.resume(two);
    Opening.Opened three = opened(seal, atNext);
    assertThat(three.sequence()).isEqualTo(3);
    assertThat(three.session()).isEqualTo(one.session());
    assertThat(opened(seal, new SessionCookies(random)).session()).isNotEqualTo(one.session());
  }

  private static Opening.Opened opened(CookieSeal seal, SessionCookies cookies) {
    return (Opening.Opened) seal.open(cookies.seal(seal, Octets.EMPTY, 0), 0);
  }
}
