package io.rserpool.services.calculation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rserpool.client.host.ViolationException;
import io.rserpool.services.FakeSession;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class CalculationServiceTest {

  private static final CalculationSettings DEFAULTS = CalculationSettings.defaults();

  private final AtomicReference<FakeSession> present = new AtomicReference<>();

  private CalculationService service(CalculationSettings settings) {
    return new CalculationService(
        settings, () -> present.get().getAsLong(), new SplittableRandom(1));
  }

  private FakeSession session(CalculationService service) {
    FakeSession session = new FakeSession(service);
    present.set(session);
    return session;
  }

  private static byte[] message(CalculationMessage.Type type, long jobId) {
    return new CalculationMessage(type, jobId, 0, 0).encode();
  }

  private static byte[] request(long jobId, long jobSize) {
    return new CalculationMessage(CalculationMessage.Type.REQUEST, jobId, jobSize, 0).encode();
  }

  private static byte[] complete(long jobId, long jobSize) {
    return new CalculationMessage(CalculationMessage.Type.COMPLETE, jobId, jobSize, jobSize)
        .encode();
  }

  private static CalculationCookie cookie(byte[] bytes) {
    return CalculationCookie.decode(bytes).orElseThrow(AssertionError::new);
  }

  @Test
  void jobIsAcceptedAndCompleteWhenItsSizeIsReached() throws IOException {
    CalculationService service = service(DEFAULTS);
    FakeSession session = session(service).data(0, request(7, 2_000_000)).end(3_000);
    service.serve(session);
    assertThat(session.messages())
        .containsExactly(message(CalculationMessage.Type.ACCEPT, 7), complete(7, 2_000_000));
    assertThat(session.sent().getFirst().atMs()).isZero();
    assertThat(session.sent().getLast().atMs()).isCloseTo(2_000, within(2L));
    assertThat(session.loadChanges()).isEqualTo(2);
    assertThat(service.load(1, 1)).isZero();
  }

  @Test
  void jobsComeOneAfterTheOther() throws IOException {
    CalculationService service = service(DEFAULTS);
    FakeSession session =
        session(service).data(0, request(1, 1_000)).data(100, request(2, 1_000)).end(200);
    service.serve(session);
    assertThat(session.messages())
        .containsExactly(
            message(CalculationMessage.Type.ACCEPT, 1), complete(1, 1_000),
            message(CalculationMessage.Type.ACCEPT, 2), complete(2, 1_000));
  }

  @Test
  void secondJobOfASessionIsRejectedAndTheFirstOneTwiceIsAViolation() throws IOException {
    CalculationService service = service(DEFAULTS);
    FakeSession session =
        session(service).data(0, request(1, 100_000)).data(10, request(2, 1)).end(200);
    service.serve(session);
    assertThat(session.messages())
        .containsExactly(
            message(CalculationMessage.Type.ACCEPT, 1),
            message(CalculationMessage.Type.REJECT, 2),
            complete(1, 100_000));

    FakeSession twice =
        session(service).data(0, request(1, 100_000)).data(10, request(1, 100_000)).end(200);
    assertThatThrownBy(() -> service.serve(twice)).isInstanceOf(ViolationException.class);
    assertThat(service.load(1, 1)).isZero();
  }

  @Test
  void jobBeyondTheMaximumIsRejectedAndTheLoadIsThatOfTheJobs() throws IOException {
    CalculationService service =
        service(settings(1_000_000, 2, 5_000_000, Duration.ofSeconds(5), 1));
    FakeSession busy = session(service).data(0, request(1, 1_000_000));
    FakeSession second = new FakeSession(service).data(0, request(2, 1_000_000));
    FakeSession third = new FakeSession(service).data(0, request(3, 1_000)).end(10);
    second
        .meanwhile(
            100,
            () -> {
              assertThat(service.load(2, 99)).isEqualTo(1.0);
              serve(service, third);
            })
        .end(400);
    busy.meanwhile(200, () -> serve(service, second)).end(300);
    serve(service, busy);
    assertThat(third.messages()).containsExactly(message(CalculationMessage.Type.REJECT, 3));
    assertThat(second.messages()).startsWith(message(CalculationMessage.Type.ACCEPT, 2));
    assertThat(service.load(0, 99)).isZero();
  }

  private static void serve(CalculationService service, FakeSession session) {
    try {
      service.serve(session);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void cookieComesAfterSoManyCalculations() throws IOException {
    CalculationService service =
        service(settings(1_000_000, 10, 500_000, Duration.ofSeconds(50), 1));
    FakeSession session = session(service).data(0, request(1, 1_800_000)).end(2_000);
    service.serve(session);
    List<CalculationCookie> cookies =
        session.cookies().stream().map(CalculationServiceTest::cookie).toList();
    assertThat(cookies).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(cookies.get(i).jobId()).isEqualTo(1);
      assertThat(cookies.get(i).jobSize()).isEqualTo(1_800_000);
      assertThat(cookies.get(i).completed()).isBetween((i + 1) * 500_000L, (i + 1) * 505_000L);
    }
  }

  @Test
  void cookieComesAfterSoLong() throws IOException {
    CalculationService service =
        service(settings(1_000_000, 10, 500_000_000, Duration.ofSeconds(5), 1));
    FakeSession session = answering(session(service), 1, 20_000_000, 22_000);
    service.serve(session);
    assertThat(
            session.sent().stream()
                .filter(FakeSession.Sent::isCookie)
                .map(sent -> sent.atMs() / 100))
        .containsExactly(50L, 100L, 150L);
  }

  /// A user that answers each keep-alive at once.
  private static FakeSession answering(FakeSession session, long jobId, long size, long endMs) {
    session.data(0, request(jobId, size));
    for (long at = 2_501; at < endMs; at += 2_501) {
      session.data(at, message(CalculationMessage.Type.KEEP_ALIVE_ACK, jobId));
    }
    return session.end(endMs);
  }

  @Test
  void anotherElementGoesOnWhereTheCookieSays() throws IOException {
    CalculationService service = service(DEFAULTS);
    FakeSession session =
        session(service)
            .cookieEcho(new CalculationCookie(9, 3_000_000, 2_000_000).encode())
            .end(1_500);
    service.serve(session);
    assertThat(session.messages())
        .containsExactly(message(CalculationMessage.Type.ACCEPT, 9), complete(9, 3_000_000));
    assertThat(session.sent().getLast().atMs()).isCloseTo(1_000, within(2L));
  }

  @Test
  void cookiesOfOtherSizesAreViolationsIfTooShort() throws IOException {
    CalculationService service = service(DEFAULTS);
    FakeSession tooShort = session(service).cookieEcho(new byte[19]).end(1);
    assertThatThrownBy(() -> service.serve(tooShort)).isInstanceOf(ViolationException.class);
    FakeSession longer = session(service).cookieEcho(new byte[24]).end(1);
    service.serve(longer);
    assertThat(longer.messages())
        .containsExactly(message(CalculationMessage.Type.ACCEPT, 0), complete(0, 0));
  }

  @Test
  void keepAlivesOfTheUserAreAnsweredWhileItsJobRunsAndOthersAreIgnored() throws IOException {
    CalculationService service = service(DEFAULTS);
    FakeSession session =
        session(service)
            .data(0, message(CalculationMessage.Type.KEEP_ALIVE, 1))
            .data(0, request(1, 1_000_000))
            .data(100, message(CalculationMessage.Type.KEEP_ALIVE, 1))
            .data(200, message(CalculationMessage.Type.KEEP_ALIVE, 2))
            .data(300, message(CalculationMessage.Type.KEEP_ALIVE_ACK, 2))
            .end(400);
    service.serve(session);
    assertThat(session.messages())
        .containsExactly(
            message(CalculationMessage.Type.ACCEPT, 1),
            message(CalculationMessage.Type.KEEP_ALIVE_ACK, 1));
  }

  @Test
  void jobOfAUserThatDoesNotAnswerIsDropped() throws IOException {
    CalculationService service = service(DEFAULTS);
    FakeSession session = session(service).data(0, request(1, 20_000_000)).end(30_000);
    service.serve(session);
    assertThat(session.messages())
        .containsExactly(
            message(CalculationMessage.Type.ACCEPT, 1),
            message(CalculationMessage.Type.KEEP_ALIVE, 1));
    assertThat(session.sent().get(1).atMs()).isEqualTo(2_500);
    assertThat(session.loadChanges()).isEqualTo(2);

    FakeSession alive = answering(session(service), 1, 20_000_000, 22_000);
    service.serve(alive);
    assertThat(alive.messages()).endsWith(complete(1, 20_000_000));
  }

  @Test
  void abortedJobIsForgotten() throws IOException {
    CalculationService service = service(DEFAULTS);
    FakeSession session =
        session(service)
            .data(0, request(1, 1_000))
            .data(0, message(CalculationMessage.Type.ABORT, 1))
            .data(0, message(CalculationMessage.Type.KEEP_ALIVE, 1))
            .end(500);
    service.serve(session);
    assertThat(session.messages()).containsExactly(message(CalculationMessage.Type.ACCEPT, 1));
  }

  @Test
  void endingServiceLeavesItsUsersACookie() throws IOException {
    CalculationService service = service(DEFAULTS);
    FakeSession session = session(service).data(0, request(1, 9_000_000)).endingAt(1_000);
    service.serve(session);
    assertThat(session.cookies()).hasSize(1);
    assertThat(cookie(session.cookies().getFirst()).completed()).isBetween(900_000L, 1_200_000L);
    assertThat(service.load(0, 1)).isZero();

    CalculationService rude = service(settings(1_000_000, 10, 5_000_000, Duration.ofSeconds(5), 0));
    FakeSession left = session(rude).data(0, request(1, 9_000_000)).endingAt(1_000);
    rude.serve(left);
    assertThat(left.cookies()).isEmpty();
  }

  @Test
  void whatElementsSayIsAViolationFromAUser() {
    for (CalculationMessage.Type type :
        List.of(
            CalculationMessage.Type.ACCEPT,
            CalculationMessage.Type.REJECT,
            CalculationMessage.Type.COMPLETE)) {
      CalculationService service = service(DEFAULTS);
      FakeSession session = session(service).data(0, message(type, 1)).end(1);
      assertThatThrownBy(() -> service.serve(session)).isInstanceOf(ViolationException.class);
    }
  }

  private static CalculationSettings settings(
      long capacity, int jobsMax, long cookieCalculations, Duration cookieTime, double clean) {
    return new CalculationSettings(
        capacity,
        jobsMax,
        cookieCalculations,
        cookieTime,
        DEFAULTS.keepAliveInterval(),
        DEFAULTS.keepAliveTimeout(),
        clean);
  }
}
