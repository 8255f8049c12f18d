package io.rserpool.engine.session.element;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.session.Payload;
import io.rserpool.engine.session.cookie.Opening;
import io.rserpool.engine.session.cookie.Refusal;
import io.rserpool.engine.session.cookie.SessionId;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ElementSessionTest {

  private static final PoolHandle POOL = PoolHandle.of("P");
  private static final ElementId SELF = new ElementId(0x11);
  private static final ServerId NOBODY = ServerId.NONE;
  private static final long NOW_MS = 1_000;
  private static final SessionId SESSION = new SessionId(Octets.of(new byte[16]));

  /// Data of a user.
  private record Text(String text) implements Payload {
    @Override
    public int size() {
      return text.length();
    }
  }

  private final List<ElementSessionEffect<Text>> effects = new ArrayList<>();
  private ElementId registered = SELF;

  /// Takes cookies that are the time.
  private static Opening open(Octets cookie, long nowMs) {
    return cookie.equals(Octets.ofUtf8(String.valueOf(nowMs)))
        ? new Opening.Opened(Octets.ofUtf8("plain"), SESSION, 4, Duration.ZERO)
        : new Opening.Refused(Refusal.FORGED, "it is not the time");
  }

  private ElementSession<Text> session(OnRefusal onRefusal) {
    return new ElementSession<>(
        POOL, () -> registered, "tcp://u:1", ElementSessionTest::open, onRefusal);
  }

  private static AsapMessage echo(String cookie) {
    return new AsapCookieEcho(Octets.ofUtf8(cookie));
  }

  private List<ElementSessionEffect<Text>> data(ElementSession<Text> session, String text) {
    effects.clear();
    session.data(new Text(text), effects::add);
    return List.copyOf(effects);
  }

  private List<ElementSessionEffect<Text>> control(
      ElementSession<Text> session, AsapMessage message) {
    effects.clear();
    session.control(NOW_MS, message, effects::add);
    return List.copyOf(effects);
  }

  private static ElementSessionEffect<Text> delivered(String text) {
    return new ElementSessionEffect.DeliverData<>(new Text(text));
  }

  private static String told(List<ElementSessionEffect<Text>> effects) {
    assertThat(effects).hasSize(1);
    return ((ElementSessionEffect.Tell<Text>) effects.getFirst()).event().describe();
  }

  @Test
  void echoIsHeardFirstAndDataAfterIt() {
    ElementSession<Text> session = session(OnRefusal.END_SESSION);
    assertThat(control(session, echo("1000")))
        .containsExactly(
            new ElementSessionEffect.DeliverCookie<>(
                new Opening.Opened(Octets.ofUtf8("plain"), SESSION, 4, Duration.ZERO)));
    assertThat(data(session, "a")).containsExactly(delivered("a"));
    assertThat(data(session, "b")).containsExactly(delivered("b"));
  }

  @Test
  void furtherEchoesAreIgnoredAndReportedBeforeAndAfterData() {
    ElementSession<Text> session = session(OnRefusal.END_SESSION);
    assertThat(control(session, echo("1000"))).hasSize(1);
    String expected = "pool=P element=0x00000011 user=tcp://u:1 sent a second cookie echo: ignored";
    assertThat(told(control(session, echo("1000")))).isEqualTo(expected);
    assertThat(data(session, "a")).hasSize(1);
    assertThat(told(control(session, echo("1")))).isEqualTo(expected);
    assertThat(data(session, "b")).containsExactly(delivered("b"));
  }

  @Test
  void refusedCookieEndsTheSessionWithACauseAndNoDetail() {
    ElementSession<Text> session = session(OnRefusal.END_SESSION);
    List<ElementSessionEffect<Text>> done = control(session, echo("x"));
    assertThat(told(done.subList(0, 1)))
        .isEqualTo(
            "pool=P element=0x00000011 user=tcp://u:1 cookie refused, FORGED: it is not the time");
    assertThat(done.subList(1, 3))
        .containsExactly(
            new ElementSessionEffect.Answer<>(
                new AsapError(List.of(ErrorCause.of(CauseCode.SECURITY)))),
            new ElementSessionEffect.End<>("cookie refused, FORGED: it is not the time"));
    assertThat(data(session, "a")).isEmpty();
    assertThat(control(session, echo("1000"))).isEmpty();
  }

  @Test
  void serviceThatWantsToDecideHearsOfTheRefusedCookieInItsPlace() {
    ElementSession<Text> session = session(OnRefusal.TELL_SERVICE);
    List<ElementSessionEffect<Text>> done = control(session, echo("x"));
    assertThat(done).hasSize(2);
    assertThat(done.getLast())
        .isEqualTo(
            new ElementSessionEffect.DeliverRefusal<>(
                new Opening.Refused(Refusal.FORGED, "it is not the time")));
    assertThat(data(session, "a")).containsExactly(delivered("a"));
    assertThat(control(session, echo("1000"))).hasSize(1).noneMatch(this::isCookie);
  }

  private boolean isCookie(ElementSessionEffect<Text> effect) {
    return effect instanceof ElementSessionEffect.DeliverCookie<Text>;
  }

  @Test
  void echoAfterDataIsRefusedHoweverGenuine() {
    ElementSession<Text> strict = session(OnRefusal.END_SESSION);
    assertThat(data(strict, "a")).hasSize(1);
    List<ElementSessionEffect<Text>> done = control(strict, echo("1000"));
    assertThat(done).hasSize(3).noneMatch(this::isCookie);
    assertThat(done.getLast())
        .isEqualTo(
            new ElementSessionEffect.End<>(
                "cookie refused, LATE: it came after data of the session"));

    ElementSession<Text> lenient = session(OnRefusal.TELL_SERVICE);
    assertThat(data(lenient, "a")).hasSize(1);
    assertThat(control(lenient, echo("1000")))
        .contains(
            new ElementSessionEffect.DeliverRefusal<>(
                new Opening.Refused(Refusal.LATE, "it came after data of the session")));
    assertThat(data(lenient, "b")).containsExactly(delivered("b"));
  }

  @Test
  void keepAliveIsAnsweredAtAnyTimeAndChangesNothing() {
    ElementSession<Text> session = session(OnRefusal.END_SESSION);
    for (ElementId asked : List.of(ElementId.NONE, SELF)) {
      assertThat(control(session, new AsapEndpointKeepAlive(NOBODY, false, POOL, asked)))
          .containsExactly(
              new ElementSessionEffect.Answer<>(new AsapEndpointKeepAliveAck(POOL, SELF)));
    }
    assertThat(control(session, echo("1000"))).hasSize(1).allMatch(this::isCookie);
    assertThat(control(session, new AsapEndpointKeepAlive(NOBODY, false, POOL, SELF))).hasSize(1);
    assertThat(data(session, "a")).hasSize(1);
    assertThat(control(session, new AsapEndpointKeepAlive(NOBODY, false, POOL, SELF))).hasSize(1);
  }

  @Test
  void keepAliveForSomebodyElseIsNotAnswered() {
    ElementSession<Text> session = session(OnRefusal.END_SESSION);
    assertThat(
            told(
                control(
                    session, new AsapEndpointKeepAlive(NOBODY, false, PoolHandle.of("Q"), SELF))))
        .endsWith("asks for pool=Q element=0x00000011, which are not here: ignored");
    assertThat(
            told(
                control(
                    session, new AsapEndpointKeepAlive(NOBODY, false, POOL, new ElementId(0x12)))))
        .endsWith("asks for pool=P element=0x00000012, which are not here: ignored");
    registered = ElementId.NONE;
    assertThat(
            control(session, new AsapEndpointKeepAlive(NOBODY, false, POOL, new ElementId(0x12))))
        .hasSize(1)
        .allMatch(ElementSessionEffect.Answer.class::isInstance);
  }

  @Test
  void newestBusinessCardOfTheUserIsKept() {
    ElementSession<Text> session = session(OnRefusal.END_SESSION);
    assertThat(session.card()).isEmpty();
    for (int id : List.of(1, 2)) {
      AsapBusinessCard card =
          new AsapBusinessCard(PoolHandle.of("Users"), List.of(element(new ElementId(id))));
      assertThat(control(session, card)).isEmpty();
      assertThat(session.card()).contains(card);
    }
  }

  private static PoolElementParameter element(ElementId id) {
    return new PoolElementParameter(
        id,
        NOBODY,
        1,
        new AsapTransport.Tcp(new IpAddress.V4(0x7f00_0001), 1),
        Policy.RoundRobin.INSTANCE,
        AsapTransport.Absent.INSTANCE);
  }

  @Test
  void whatHasNoPlaceInASessionIsReportedAndNeverAnswered() {
    ElementSession<Text> session = session(OnRefusal.END_SESSION);
    assertThat(told(control(session, new AsapCookie(Octets.ofUtf8("c")))))
        .endsWith("sent ASAP_COOKIE in a session: ignored");
    assertThat(
            told(control(session, new AsapError(List.of(ErrorCause.of(CauseCode.INVALID_VALUES))))))
        .endsWith("reports [Invalid Values]");
    assertThat(control(session, echo("1000"))).hasSize(1).allMatch(this::isCookie);
  }
}
