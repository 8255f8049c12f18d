package io.rserpool.client.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress.Kind;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.wire.session.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Both sides of a conversation over TCP with framing.
@Timeout(30)
final class FramedChannelTest {

  static final Duration LIMIT = Duration.ofSeconds(20);
  static final Duration MOMENT = Duration.ofMillis(1);
  static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");

  private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
  private ServicePort port;
  private Channel user;
  private Channel element;

  @BeforeEach
  void start() throws Exception {
    port =
        Channels.listen(
            Kind.TCP,
            TransportUse.DATA_PLUS_CONTROL,
            List.of(IpAddress.ofBytes(HOST.getAddress())),
            0,
            SctpOptions.defaults());
    Thread.ofVirtual().start(this::accept);
    user = Channels.open(port.address(), LIMIT);
    element = nextAccepted();
  }

  @AfterEach
  void stop() throws Exception {
    user.abort();
    element.abort();
    port.close();
  }

  private void accept() {
    try {
      while (true) {
        accepted.add(port.accept());
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private Channel nextAccepted() throws InterruptedException {
    Channel next = accepted.poll(20, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    return next;
  }

  private static UserMessage message(String text, long ppid, int stream) {
    return new UserMessage(text.getBytes(StandardCharsets.US_ASCII), ppid, stream);
  }

  private static void assertSame(Incoming incoming, UserMessage expected) {
    assertThat(incoming).isInstanceOf(UserMessage.class);
    UserMessage message = (UserMessage) incoming;
    assertThat(message.bytes()).isEqualTo(expected.bytes());
    assertThat(message.payloadProtocolId()).isEqualTo(expected.payloadProtocolId());
    assertThat(message.stream()).isZero();
  }

  @Test
  void messagesKeepTheirBoundsAndIdentifierInBothDirectionsOnStreamZero() throws IOException {
    UserMessage first = message("one", 0xffff_fffeL, 1);
    UserMessage second = message("two", 0, 0);
    user.send(first);
    user.send(new UserMessage(new byte[0], 7));
    user.send(second);
    assertSame(element.receive(LIMIT), first);
    assertSame(element.receive(LIMIT), second);
    element.send(first);
    assertSame(user.receive(LIMIT), first);
    assertThat(user.receive(MOMENT)).isEqualTo(Incoming.Silence.SILENCE);
    for (Channel channel : List.of(user, element)) {
      assertThat(channel.keepsMessages()).isTrue();
      assertThat(channel.hasControl()).isTrue();
    }
    assertThat(user.peer()).isEqualTo("tcp://127.0.0.1:" + port.address().port());
  }

  @Test
  void portIsRegisteredWithItsUse() throws IOException {
    assertThat(port.address().use()).isEqualTo(TransportUse.DATA_PLUS_CONTROL);
    try (ServicePort plain = Channels.listen(Kind.TCP, port.address().addresses(), 0)) {
      assertThat(plain.address().use()).isEqualTo(TransportUse.DATA_ONLY);
    }
  }

  @Test
  void controlMessagesComeInOrderWithDataAndAreNeverData() throws IOException {
    AsapCookie cookie = new AsapCookie(Octets.of(new byte[] {1, 2, 3, 4, 5}));
    element.send(message("before", 33, 0));
    element.sendControl(cookie);
    element.send(message("after", 33, 0));
    assertSame(user.receive(LIMIT), message("before", 33, 0));
    assertThat(user.receive(LIMIT)).isEqualTo(new Incoming.Control(cookie));
    assertSame(user.receive(LIMIT), message("after", 33, 0));
    AsapCookieEcho echo = new AsapCookieEcho(cookie.cookie());
    user.sendControl(echo);
    assertThat(element.receive(LIMIT)).isEqualTo(new Incoming.Control(echo));
    assertThatThrownBy(() -> user.send(message("forged", 11, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void longestMessagesArriveWholeAndLongerOnesAreRefused() throws Exception {
    byte[] longest = new byte[Channel.MESSAGE_BYTES_MAX];
    Arrays.fill(longest, (byte) 5);
    // Message Length 65,535, which is 65,536 bytes with padding.
    AsapCookie cookie = new AsapCookie(Octets.of(new byte[65_535 - 8]));
    Background receiver = new Background(() -> element.receive(LIMIT));
    user.send(new UserMessage(longest, 7));
    assertSame(receiver.result(), new UserMessage(longest, 7));
    user.sendControl(cookie);
    assertThat(element.receive(LIMIT)).isEqualTo(new Incoming.Control(cookie));
    assertThatThrownBy(() -> user.send(new UserMessage(new byte[longest.length + 1], 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("262144");
    assertThatThrownBy(() -> user.sendControl(new AsapCookie(Octets.of(new byte[65_535 - 7]))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Channel.MESSAGE_BYTES_MAX).isEqualTo(Frame.DATA_BYTES_MAX);
    assertThat(Channel.CONTROL_PAYLOAD_PROTOCOL).isEqualTo(Frame.CONTROL);
  }

  @Test
  void businessCardKeepsTheTransportUseOfItsElements() throws Exception {
    PoolElementParameter self =
        new PoolElementParameter(
            ElementId.of(1),
            ServerId.of(2),
            60,
            port.address(),
            Policy.RoundRobin.INSTANCE,
            AsapTransport.Absent.INSTANCE);
    AsapBusinessCard card = new AsapBusinessCard(PoolHandle.of("EchoPool"), List.of(self));
    element.sendControl(card);
    assertThat(user.receive(LIMIT)).isEqualTo(new Incoming.Control(card));
  }

  @Test
  void endOfOutputEndsOneDirectionOnly() throws IOException {
    user.send(message("last", 0, 0));
    user.endOutput();
    assertSame(element.receive(LIMIT), message("last", 0, 0));
    assertThat(element.receive(LIMIT)).isEqualTo(Incoming.End.END);
    assertThat(element.receive(LIMIT)).isEqualTo(Incoming.End.END);
    element.send(message("answer", 0, 0));
    assertSame(user.receive(LIMIT), message("answer", 0, 0));
    assertThatThrownBy(() -> user.send(message("late", 0, 0))).isInstanceOf(IOException.class);
  }

  @Test
  void whatWasSentBeforeACloseArrivesAlthoughThePeerGoesOnSending() throws Exception {
    byte[] big = new byte[Channel.MESSAGE_BYTES_MAX];
    for (int i = 0; i < 3; i++) {
      user.send(message("unread", 0, 0));
    }
    assertSame(element.receive(LIMIT), message("unread", 0, 0));
    for (int i = 0; i < 3; i++) {
      element.send(new UserMessage(big, i));
    }
    element.close();
    user.send(message("late", 0, 0));
    for (int i = 0; i < 3; i++) {
      assertSame(user.receive(LIMIT), new UserMessage(big, i));
    }
    assertThat(user.receive(LIMIT)).isEqualTo(Incoming.End.END);
    assertThatThrownBy(() -> element.receive(LIMIT)).hasMessageContaining("ended on this side");
    assertThatThrownBy(() -> element.send(message("late", 0, 0)))
        .hasMessageContaining("ended on this side");
  }

  @Test
  void closeWakesWhoeverReceives() throws Exception {
    Background receiver = new Background(() -> user.receive(Channel.FOREVER));
    receiver.awaitWaiting();
    user.close();
    receiver.assertBroken();
    assertThat(element.receive(LIMIT)).isEqualTo(Incoming.End.END);
  }

  @Test
  void closeWakesWhoeverSendsToAPeerThatDoesNotRead() throws Exception {
    Background sender =
        new Background(() -> {
          while (true) {
            user.send(new UserMessage(new byte[Channel.MESSAGE_BYTES_MAX], 0));
          }
        });
    sender.awaitWaiting();
    user.close();
    sender.assertBroken();
  }

  @Test
  void abortResetsTheConnection() throws IOException {
    user.abort();
    assertThatThrownBy(() -> element.receive(LIMIT))
        .isExactlyInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  private interface Work {
    Incoming run() throws IOException;
  }

  /// Something that waits, on a thread of its own.
  private static final class Background {
    private final CompletableFuture<Incoming> done = new CompletableFuture<>();
    private final Thread thread;

    private Background(Work work) {
      thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  done.complete(work.run());
                } catch (IOException e) {
                  done.completeExceptionally(e);
                }
              });
    }

    private void awaitWaiting() {
      while (thread.getState() != Thread.State.WAITING && !Thread.interrupted()) {
        assertThat(done).isNotDone();
        Thread.onSpinWait();
      }
    }

    private Incoming result() throws Exception {
      return done.get(20, TimeUnit.SECONDS);
    }

    private void assertBroken() {
      assertThatThrownBy(this::result).hasCauseInstanceOf(IOException.class);
    }
  }
}
