package io.rserpool.services.fractal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.host.ViolationException;
import io.rserpool.services.FakeSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FractalServiceTest {

  /// 15 full messages and one of 140 points.
  private static final FractalMessage.Parameter PICTURE =
      new FractalMessage.Parameter(100, 50, 20, 1, -1.5, 1.5, 1.5, -1.5, 2);

  private static final FractalService SERVICE =
      new FractalService(FractalSettings.defaults(), () -> 0);

  private static FractalSettings failingAfter(long messages) {
    return new FractalSettings(Duration.ofSeconds(1), 10, Duration.ofSeconds(1), messages);
  }

  private static FractalMessage.Data data(byte[] bytes) {
    return (FractalMessage.Data) FractalMessage.decode(bytes).orElseThrow(AssertionError::new);
  }

  private static FractalCookie cookie(FakeSession session, int index) {
    return FractalCookie.decode(session.cookies().get(index)).orElseThrow(AssertionError::new);
  }

  /// How many points of the right value come from a point on, without a gap, to the end.
  private static long pointsFrom(FakeSession session, long from) {
    Fractal fractal = new Fractal(PICTURE);
    List<byte[]> messages = session.messages();
    long at = from;
    for (byte[] bytes : messages) {
      FractalMessage.Data data = data(bytes);
      if (data.isFinalizer()) {
        assertThat(bytes).isSameAs(messages.getLast());
        break;
      }
      assertThat(data.startY() * 100 + data.startX()).isEqualTo(at);
      for (int point : data.points()) {
        assertThat(point).isEqualTo(fractal.valueAt(at % 100, at / 100));
        at++;
      }
    }
    return at - from;
  }

  @Test
  void pictureComesWithACookieAtItsBeginningAndAfterEachTenMessages() throws IOException {
    FakeSession session = new FakeSession(SERVICE).data(PICTURE.encode()).end(0);
    SERVICE.serve(session);
    assertThat(pointsFrom(session, 0)).isEqualTo(5_000);
    assertThat(data(session.messages().getLast()).isFinalizer()).isTrue();
    assertThat(session.cookies()).hasSize(2);
    assertThat(session.sent().getFirst().isCookie()).isTrue();
    assertThat(cookie(session, 0)).isEqualTo(new FractalCookie(PICTURE, 0, 0));
    assertThat(session.sent().get(11).isCookie()).isTrue();
    assertThat(cookie(session, 1)).isEqualTo(new FractalCookie(PICTURE, 40, 32));
  }

  @Test
  void otherElementGoesOnAtThePointOfTheCookie() throws IOException {
    for (FractalCookie from :
        List.of(
            new FractalCookie(PICTURE, 40, 32),
            new FractalCookie(PICTURE, 0, 49),
            new FractalCookie(PICTURE, 99, 49),
            new FractalCookie(PICTURE, 0, 50))) {
      FakeSession session = new FakeSession(SERVICE).cookieEcho(from.encode()).end(0);
      SERVICE.serve(session);
      long begin = from.currentY() * 100 + from.currentX();
      assertThat(pointsFrom(session, begin)).isEqualTo(5_000 - begin);
      assertThat(data(session.messages().getLast()).isFinalizer()).isTrue();
      assertThat(cookie(session, 0)).isEqualTo(from);
    }
  }

  @Test
  void lengthWithinACookieIsNotLookedAt() throws IOException {
    byte[] asRsplibWritesIt = new FractalCookie(PICTURE, 40, 49).encode();
    asRsplibWritesIt[10] = 0;
    asRsplibWritesIt[11] = 4;
    FakeSession session = new FakeSession(SERVICE).cookieEcho(asRsplibWritesIt).end(0);
    SERVICE.serve(session);
    assertThat(pointsFrom(session, 4_940)).isEqualTo(60);
  }

  @Test
  void cookieAndPartlyFilledMessageComeAfterASecond() throws IOException {
    // A clock on which each look takes 100 ms, and points that take a turn each.
    AtomicLong nowNs = new AtomicLong();
    FractalService slow =
        new FractalService(FractalSettings.defaults(), () -> nowNs.getAndAdd(100_000_000));
    FractalMessage.Parameter deep =
        new FractalMessage.Parameter(40, 1, 1_000_000, 1, 0, 0, 0.001, 0.001, 2);
    FakeSession session = new FakeSession(slow).data(deep.encode()).end(0);
    slow.serve(session);
    assertThat(session.cookies().size()).isBetween(3, 20);
    assertThat(data(session.messages().getFirst()).points()).hasSizeBetween(2, 15);
    assertThat(cookie(session, 1).currentX()).isPositive();
  }

  @Test
  void failingServiceLeavesACookieFromWhichAnotherGoesOn() throws IOException {
    FractalService failing = new FractalService(failingAfter(3), () -> 0);
    FakeSession session = new FakeSession(failing).data(PICTURE.encode()).end(0);
    failing.serve(session);
    assertThat(pointsFrom(session, 0)).isEqualTo(3 * 324);
    assertThat(cookie(session, 1)).isEqualTo(new FractalCookie(PICTURE, 72, 9));
  }

  @Test
  void endingServiceSendsWhatItHasAndACookie() throws IOException {
    FakeSession session = new FakeSession(SERVICE).data(PICTURE.encode()).endingAt(0);
    SERVICE.serve(session);
    long points = pointsFrom(session, 0);
    assertThat(points).isEqualTo(324);
    assertThat(session.sent().getLast().isCookie()).isTrue();
    assertThat(cookie(session, 1)).isEqualTo(new FractalCookie(PICTURE, 24, 3));
  }

  @Test
  void whatCannotBeAskedForEndsTheSession() {
    byte[] wrongMark = new FractalCookie(PICTURE, 0, 0).encode();
    wrongMark[0] = 0;
    byte[] tooLarge =
        new FractalCookie(new FractalMessage.Parameter(65_537, 1, 1, 1, 0, 0, 1, 1, 2), 0, 0)
            .encode();
    for (byte[] cookie : List.of(new byte[75], wrongMark, tooLarge)) {
      FakeSession session = new FakeSession(SERVICE).cookieEcho(cookie).end(0);
      assertThatThrownBy(() -> SERVICE.serve(session)).isInstanceOf(ViolationException.class);
      assertThat(session.sent()).isEmpty();
    }
    FakeSession session =
        new FakeSession(SERVICE).data(FractalMessage.Data.FINALIZER.encode()).end(0);
    assertThatThrownBy(() -> SERVICE.serve(session)).isInstanceOf(ViolationException.class);
  }
}
