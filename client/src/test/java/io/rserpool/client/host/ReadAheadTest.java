package io.rserpool.client.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.cookie.CookieKeys;
import io.rserpool.engine.session.cookie.Refusal;
import io.rserpool.engine.session.element.ElementSessionEvent;
import io.rserpool.engine.session.element.OnRefusal;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ReadAheadTest {

  private static final AsapMessage KEEP_ALIVE =
      new AsapEndpointKeepAlive(ServerId.NONE, false, TestContext.POOL, ElementId.NONE);
  private static final AsapMessage ACK =
      new AsapEndpointKeepAliveAck(TestContext.POOL, TestContext.ELEMENT);
  private static final Service SERVICE = _ -> {};
  private static final Duration HOUR = Duration.ofHours(1);

  private final CookieKeys keys = CookieKeys.create(new SplittableRandom(3), 0);
  private final List<ElementSessionEvent> events = new CopyOnWriteArrayList<>();
  private final FakeChannel channel = new FakeChannel(true);

  private HostedSession begin(Service service, Cookies cookies) throws IOException {
    HostedSession session =
        new HostedSession(channel, TestContext.of(service, cookies, HOUR, events::add));
    session.begin();
    return session;
  }

  private static UserMessage data(int size) {
    return new UserMessage(new byte[size], 0);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static byte[] bytes(SessionInput input) {
    return ((SessionInput.Data) input).message().bytes();
  }

  @Test
  void keepAlivesAreAnsweredBehindDataThatTheServiceDoesNotRead() throws IOException {
    HostedSession session = begin(SERVICE, Cookies.PLAIN);
    for (int i = 0; i < 3; i++) {
      channel.says(data(50_000));
      channel.says(KEEP_ALIVE);
    }
    await(() -> channel.control().size() == 3);
    assertThat(channel.control()).containsOnly(ACK);
    for (int i = 0; i < 3; i++) {
      assertThat(bytes(session.receive())).hasSize(50_000);
    }
  }

  @Test
  void readingAheadHasALimitAndGoesOnWhenTheServiceReads() throws IOException {
    HostedSession session = begin(SERVICE, Cookies.PLAIN);
    channel.says(data(Inbox.UNREAD_BYTES_MAX / 2));
    channel.says(data(Inbox.UNREAD_BYTES_MAX / 2));
    channel.says(KEEP_ALIVE);
    await(() -> channel.unread() == 1);
    assertThat(channel.control()).isEmpty();
    assertThat(bytes(session.receive())).hasSize(Inbox.UNREAD_BYTES_MAX / 2);
    await(() -> channel.control().size() == 1);
    assertThat(channel.unread()).isZero();
  }

  @Test
  void manyEmptyMessagesAreHeldBackAsWell() throws IOException {
    HostedSession session = begin(SERVICE, Cookies.PLAIN);
    int count = Inbox.UNREAD_BYTES_MAX / 64;
    for (int i = 0; i < count + 10; i++) {
      channel.says(data(1));
    }
    await(() -> channel.unread() <= 90);
    assertThat(channel.unread()).isPositive();
    for (int i = 0; i < count + 10; i++) {
      assertThat(bytes(session.receive())).hasSize(1);
    }
  }

  @Test
  void answerThatWaitsBehindASendHoldsNobodyUpAndIsSentAfterIt() throws Exception {
    HostedSession session = begin(SERVICE, Cookies.PLAIN);
    channel.takesNothing();
    Thread service =
        Thread.ofPlatform()
            .start(() -> {
              try {
                session.send(new byte[] {1});
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    await(() -> channel.waiting() == 1);
    for (int i = 0; i < 100; i++) {
      channel.says(KEEP_ALIVE);
    }
    channel.says(data(7));
    assertThat(bytes(session.receive())).hasSize(7);
    channel.takesAll();
    service.join();
    await(() -> channel.control().size() == 8);
    assertThat(channel.sent().getFirst()).isInstanceOf(UserMessage.class);
    assertThat(channel.control()).containsOnly(ACK);
  }

  @Test
  void stateIsRestoredFromASealedCookieAndItsNumbersGoOn() throws IOException {
    Cookies cookies = Cookies.sealed(keys);
    HostedSession first = begin(SERVICE, cookies);
    first.sendCookie(new byte[] {1, 2, 3});
    Octets sealed = ((AsapCookie) channel.control().getFirst()).cookie();
    assertThat(sealed.size()).isGreaterThan(70);

    FakeChannel next = new FakeChannel(true);
    next.says(new AsapCookieEcho(sealed));
    next.says(data(5));
    HostContext context = TestContext.of(SERVICE, cookies, HOUR, events::add);
    HostedSession second = new HostedSession(next, context);
    second.begin();
    assertThat(second.receive())
        .isInstanceOfSatisfying(
            SessionInput.CookieEcho.class,
            echo -> assertThat(echo.cookie()).containsExactly(1, 2, 3));
    assertThat(bytes(second.receive())).hasSize(5);
    second.sendCookie(new byte[] {4});
    Octets newer = ((AsapCookie) next.control().getFirst()).cookie();
    // Both numbers are in the header: the session is the same, its second cookie has number 2.
    assertThat(newer.toHex().substring(32, 64)).isEqualTo(sealed.toHex().substring(32, 64));
    assertThat(sealed.toHex().substring(64, 80)).isEqualTo("0000000000000001");
    assertThat(newer.toHex().substring(64, 80)).isEqualTo("0000000000000002");

    // Whoever goes back to the older one after having shown the newer one is found out.
    assertThat(shown(context, newer)).isInstanceOf(SessionInput.CookieEcho.class);
    assertThatThrownBy(() -> shown(context, sealed))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("NEWER_SEEN");
  }

  private static SessionInput shown(HostContext context, Octets cookie) throws IOException {
    FakeChannel user = new FakeChannel(true);
    user.says(new AsapCookieEcho(cookie));
    user.says(Incoming.End.END);
    HostedSession session = new HostedSession(user, context);
    session.begin();
    return session.receive();
  }

  @Test
  void refusedCookieEndsTheSessionInOrderAndTheUserHearsWhy() throws IOException {
    HostedSession session = begin(SERVICE, Cookies.sealed(keys));
    channel.says(new AsapCookieEcho(Octets.ofUtf8("forged")));
    channel.says(data(5));
    channel.says(Incoming.End.END);
    assertThatThrownBy(session::receive)
        .isInstanceOf(EOFException.class)
        .hasMessageStartingWith("cookie refused, MALFORMED: expected a sealed cookie of format 1");
    assertThat(channel.sent())
        .containsExactly(new AsapError(List.of(ErrorCause.of(CauseCode.SECURITY))), "end");
    assertThat(channel.isClosed()).isTrue();
    assertThat(channel.wasAborted()).isFalse();
    assertThat(channel.unread()).isZero();
    assertThat(events).hasSize(1);
  }

  /// A service that decides by itself.
  private record Lenient() implements Service {
    @Override
    public OnRefusal onRefusedCookie() {
      return OnRefusal.TELL_SERVICE;
    }

    @Override
    public void serve(ServiceSession session) {}
  }

  @Test
  void serviceThatWantsToDecideIsToldOfARefusedCookie() throws IOException {
    HostedSession session = begin(new Lenient(), Cookies.sealed(keys));
    channel.says(new AsapCookieEcho(Octets.ofUtf8("forged")));
    channel.says(data(5));
    assertThat(session.receive())
        .isInstanceOfSatisfying(
            SessionInput.CookieRefused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Refusal.MALFORMED));
    assertThat(bytes(session.receive())).hasSize(5);
  }

  @Test
  void hostThatWasNotToldHowCookiesTravelSaysWhatToDo() throws IOException {
    HostedSession session = begin(new Lenient(), Cookies.Unsealed.UNDECIDED);
    assertThatThrownBy(() -> session.sendCookie(new byte[] {1}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pool=TestPool")
        .hasMessageContaining("Cookies.sealed(CookieKeyFile.open(path))")
        .hasMessageContaining("Cookies.PLAIN");
    channel.says(new AsapCookieEcho(Octets.ofUtf8("x")));
    assertThat(session.receive())
        .isInstanceOfSatisfying(
            SessionInput.CookieRefused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Refusal.NOT_TAKEN));
  }

  @Test
  void sessionThatTheServiceEndsLetsTheUserEndAsWell() throws Exception {
    HostedSession session = begin(SERVICE, Cookies.PLAIN);
    session.send(new byte[] {1});
    Thread closing = Thread.ofPlatform().start(session::close);
    await(() -> channel.sent().contains("end"));
    channel.says(data(5));
    channel.says(Incoming.End.END);
    closing.join();
    assertThat(channel.isClosed()).isTrue();
    assertThat(channel.wasAborted()).isFalse();
    assertThat(channel.unread()).isZero();
  }

  @Test
  void keepAlivesDoNotKeepASilentUsersSession() throws IOException {
    HostedSession session =
        new HostedSession(
            channel, TestContext.of(SERVICE, Cookies.PLAIN, Duration.ofMillis(50), events::add));
    session.begin();
    Thread service =
        Thread.ofPlatform()
            .start(() ->
                assertThatThrownBy(session::receive).isInstanceOf(SocketTimeoutException.class));
    // Would go on for ever if they did.
    for (int asked = 1; service.isAlive(); asked++) {
      int answered = asked;
      channel.says(KEEP_ALIVE);
      await(() -> channel.control().size() == answered);
    }
    assertThat(session.isEnding()).isFalse();
  }
}
