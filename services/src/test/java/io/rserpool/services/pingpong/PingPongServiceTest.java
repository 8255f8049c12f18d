package io.rserpool.services.pingpong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.host.ViolationException;
import io.rserpool.protocol.Octets;
import io.rserpool.services.FakeSession;
import io.rserpool.services.pingpong.PingPongMessage.Ping;
import io.rserpool.services.pingpong.PingPongMessage.Pong;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PingPongServiceTest {

  private static final PingPongService SERVICE = new PingPongService();

  private static byte[] ping(long messageNo) {
    return new Ping(messageNo, Octets.ofUtf8("hello " + messageNo)).encode();
  }

  private static byte[] pong(long messageNo, long replyNo) {
    return new Pong(messageNo, replyNo, Octets.ofUtf8("hello " + messageNo)).encode();
  }

  @Test
  void pingIsAnsweredAndTheCookieHasTheNextNumber() throws IOException {
    FakeSession session = new FakeSession(SERVICE).data(ping(7)).data(ping(8)).data(ping(8)).end(0);
    SERVICE.serve(session);
    assertThat(session.sent().stream().map(FakeSession.Sent::isCookie))
        .containsExactly(false, true, false, true, false, true);
    assertThat(session.messages()).containsExactly(pong(7, 1), pong(8, 2), pong(8, 3));
    assertThat(session.cookies())
        .containsExactly(
            new PingPongCookie(2).encode(),
            new PingPongCookie(3).encode(),
            new PingPongCookie(4).encode());
    assertThat(session.sent().getFirst().message().payloadProtocolId()).isEqualTo(33);
  }

  @Test
  void sessionGoesOnWhereTheCookieSays() throws IOException {
    FakeSession session =
        new FakeSession(SERVICE).cookieEcho(new PingPongCookie(42).encode()).data(ping(9)).end(0);
    SERVICE.serve(session);
    assertThat(session.messages()).containsExactly(pong(9, 42));
    assertThat(session.cookies()).containsExactly(new PingPongCookie(43).encode());
  }

  @Test
  void numbersBeginAnewWithEachSession() throws IOException {
    for (int i = 0; i < 2; i++) {
      FakeSession session = new FakeSession(SERVICE).data(ping(1)).end(0);
      SERVICE.serve(session);
      assertThat(session.messages()).containsExactly(pong(1, 1));
    }
  }

  @Test
  void sessionBreaksAfterTheSetNumberOfAnswersAndNotBefore() {
    PingPongService failing = new PingPongService(2);
    FakeSession session = new FakeSession(failing).data(ping(1)).data(ping(2)).data(ping(3)).end(0);
    assertThatThrownBy(() -> failing.serve(session))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("after 2 answers");
    assertThat(session.messages()).containsExactly(pong(1, 1), pong(2, 2));
    assertThat(session.cookies().getLast()).isEqualTo(new PingPongCookie(3).encode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "01", "01000004", "0200001400000000000000010000000000000001", "ff000004"})
  void whatIsNoPingEndsTheSessionUnanswered(String hex) {
    FakeSession session = new FakeSession(SERVICE).data(Octets.ofHex(hex).toBytes()).end(0);
    assertThatThrownBy(() -> SERVICE.serve(session)).isInstanceOf(ViolationException.class);
    assertThat(session.sent()).isEmpty();
  }

  @Test
  void pingWhosePongWouldBeTooLongEndsTheSession() throws IOException {
    byte[] longest = new Ping(1, Octets.of(new byte[65_535 - 12 - 8])).encode();
    FakeSession session = new FakeSession(SERVICE).data(longest).end(0);
    SERVICE.serve(session);
    assertThat(session.messages().getFirst()).hasSize(65_535);

    byte[] tooLong = new Ping(1, Octets.of(new byte[65_535 - 12 - 7])).encode();
    FakeSession refused = new FakeSession(SERVICE).data(tooLong).end(0);
    assertThatThrownBy(() -> SERVICE.serve(refused)).isInstanceOf(ViolationException.class);
  }

  @Test
  void brokenCookieEndsTheSession() {
    for (byte[] cookie : List.of(new byte[0], new byte[16], new PingPongCookie(1).encode())) {
      if (cookie.length == 16) {
        cookie[7] ^= 1;
      }
      FakeSession session = new FakeSession(SERVICE).cookieEcho(cookie).data(ping(1)).end(0);
      assertThatThrownBy(() -> SERVICE.serve(session)).isInstanceOf(ViolationException.class);
    }
  }
}
