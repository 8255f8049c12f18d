package io.rserpool.client.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class HostedSessionTest {

  private static final PayloadProtocol MESSAGES =
      new PayloadProtocol(34, 100, MessageBounds.lengthField(2, 2, 0));

  private static HostedSession session(FakeChannel channel, PayloadProtocol protocol)
      throws IOException {
    return session(channel, protocol, Duration.ofHours(1));
  }

  private static HostedSession session(
      FakeChannel channel, PayloadProtocol protocol, Duration idleTimeout) throws IOException {
    HostedSession session =
        new HostedSession(
            channel, TestContext.of(Service.of(protocol, _ -> {}), Cookies.PLAIN, idleTimeout));
    session.begin();
    return session;
  }

  private static byte[] message(int type, int length) {
    return ByteBuffer.allocate(length)
        .put((byte) type)
        .put((byte) 0)
        .putShort((short) length)
        .array();
  }

  private static UserMessage piece(byte[] bytes, int from, int to) {
    return new UserMessage(Arrays.copyOfRange(bytes, from, to), 0);
  }

  private static byte[] bytes(SessionInput input) {
    return ((SessionInput.Data) input).message().bytes();
  }

  @Test
  void streamIsCutIntoMessagesAndEndsBetweenThem() throws IOException {
    byte[] both = new byte[20];
    System.arraycopy(message(1, 8), 0, both, 0, 8);
    System.arraycopy(message(2, 12), 0, both, 8, 12);
    FakeChannel channel =
        new FakeChannel(false, piece(both, 0, 3), piece(both, 3, 15), piece(both, 15, 20));
    HostedSession session = session(channel, MESSAGES);
    assertThat(bytes(session.receive())).isEqualTo(message(1, 8));
    assertThat(bytes(session.receive())).isEqualTo(message(2, 12));
    channel.says(Incoming.End.END);
    assertThat(session.receive()).isEqualTo(SessionInput.End.END);
  }

  @Test
  void streamThatEndsWithinAMessageOrHasNoneIsTheUsersFault() {
    FakeChannel cut = new FakeChannel(false, piece(message(1, 8), 0, 7), Incoming.End.END);
    assertThatThrownBy(() -> session(cut, MESSAGES).receive()).isInstanceOf(EOFException.class);
    FakeChannel tooLong = new FakeChannel(false, piece(message(1, 101), 0, 50));
    assertThatThrownBy(() -> session(tooLong, MESSAGES).receive())
        .isInstanceOf(ViolationException.class);
  }

  @Test
  void whatHasNoMessagesIsTakenAsItComes() throws IOException {
    byte[] text = {1, 2, 3};
    HostedSession session =
        session(new FakeChannel(false, piece(text, 0, 3)), PayloadProtocol.BYTES);
    assertThat(bytes(session.receive())).isEqualTo(text);
  }

  @Test
  void messagesOfATransportThatKeepsThemAreNotCut() throws IOException {
    UserMessage odd = new UserMessage(new byte[] {9}, 7, 3);
    HostedSession session = session(new FakeChannel(true, odd), MESSAGES);
    assertThat(session.receive()).isEqualTo(new SessionInput.Data(odd));
  }

  @Test
  void cookieEchoIsForTheServiceAndOtherControlMessagesAreNot() throws IOException {
    FakeChannel channel =
        new FakeChannel(
            true,
            new Incoming.Control(new AsapCookie(Octets.of((byte) 1))),
            new Incoming.Control(new AsapCookieEcho(Octets.of((byte) 5))),
            Incoming.End.END);
    HostedSession session = session(channel, MESSAGES);
    SessionInput first = session.receive();
    assertThat(((SessionInput.CookieEcho) first).cookie()).containsExactly(5);
    assertThat(session.receive()).isEqualTo(SessionInput.End.END);
  }

  @Test
  void messagesAreSentWithTheServicesIdentifierAndCookiesOnTheControlChannelIfThereIsOne()
      throws IOException {
    FakeChannel channel = new FakeChannel(true);
    HostedSession session = session(channel, MESSAGES);
    session.send(new byte[] {1});
    session.sendCookie(new byte[] {2});
    assertThat(channel.data()).extracting(UserMessage::payloadProtocolId).containsExactly(34L);
    assertThat(channel.control()).containsExactly(new AsapCookie(Octets.of((byte) 2)));

    FakeChannel plain = new FakeChannel(false);
    session(plain, MESSAGES).sendCookie(new byte[] {2});
    assertThat(plain.control()).isEmpty();
  }

  @Test
  void silenceEndsALimitedWaitAndTheIdleTimeoutEndsTheSession() throws IOException {
    HostedSession patient = session(new FakeChannel(true), MESSAGES);
    assertThat(patient.receive(Duration.ofMillis(1))).isEqualTo(SessionInput.Silence.SILENCE);
    HostedSession strict = session(new FakeChannel(true), MESSAGES, Duration.ofNanos(1));
    assertThatThrownBy(strict::receive).isInstanceOf(SocketTimeoutException.class);
    HostedSession endless = session(new FakeChannel(true), MESSAGES, Duration.ZERO);
    assertThat(endless.receive(Duration.ZERO)).isEqualTo(SessionInput.Silence.SILENCE);
  }

  @Test
  void endingSessionAtWorkIsLetFinishAndOneThatOnlyWaitsIsNot() throws IOException {
    FakeChannel channel = new FakeChannel(true);
    HostedSession atWork = session(channel, MESSAGES);
    atWork.beginEnd();
    assertThat(atWork.isEnding()).isTrue();
    assertThat(channel.wasAborted()).isFalse();
    // Whoever begins to wait now is not waited for.
    assertThatThrownBy(atWork::receive).isInstanceOf(EOFException.class);
  }
}
