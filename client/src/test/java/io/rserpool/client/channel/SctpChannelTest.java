package io.rserpool.client.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.WireForm;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SctpChannelTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final int CONTROL = 11;

  private final ToySctp stack = new ToySctp();
  private ServicePort port;
  private Channel user;
  private Channel element;

  @BeforeEach
  void start() throws IOException {
    port = stack.listen(List.of(), 0);
    user = stack.call(port.address(), LIMIT);
    element = port.accept();
  }

  @AfterEach
  void stop() {
    user.abort();
    element.abort();
    port.close();
    stack.close();
  }

  private static UserMessage message(String text, long ppid, int stream) {
    return new UserMessage(text.getBytes(StandardCharsets.US_ASCII), ppid, stream);
  }

  private static void assertSame(Incoming incoming, UserMessage expected) {
    assertThat(incoming).isInstanceOf(UserMessage.class);
    UserMessage message = (UserMessage) incoming;
    assertThat(message.bytes()).isEqualTo(expected.bytes());
    assertThat(message.payloadProtocolId()).isEqualTo(expected.payloadProtocolId());
    assertThat(message.stream()).isEqualTo(expected.stream());
  }

  @Test
  void messagesKeepTheirBoundsIdentifierAndStreamInBothDirections() throws IOException {
    UserMessage first = message("one", 0xffff_fffeL, 1);
    UserMessage second = message("two", 0, 0);
    user.send(first);
    user.send(second);
    assertSame(element.receive(LIMIT), first);
    assertSame(element.receive(LIMIT), second);
    element.send(first);
    assertSame(user.receive(LIMIT), first);
    assertThat(user.keepsMessages()).isTrue();
    assertThat(user.receive(MOMENT)).isEqualTo(Incoming.Silence.SILENCE);
  }

  @Test
  void streamThatThePeerDoesNotHaveIsFoldedIntoThoseItHas() throws IOException {
    user.send(message("far", 7, 5));
    assertSame(element.receive(LIMIT), message("far", 7, 1));
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
    assertThatThrownBy(() -> user.send(message("forged", CONTROL, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void serviceForDataOnlyHasNoControlChannelAndItsProtocol11IsData() throws IOException {
    AsapTransport.Sctp known = (AsapTransport.Sctp) port.address();
    assertThat(known.use()).isEqualTo(TransportUse.DATA_PLUS_CONTROL);
    try (Channel plain =
        stack.call(
            new AsapTransport.Sctp(known.addresses(), known.port(), TransportUse.DATA_ONLY),
            LIMIT)) {
      assertThat(user.hasControl()).isTrue();
      assertThat(plain.hasControl()).isFalse();
      assertThatThrownBy(() -> plain.sendControl(new AsapCookieEcho(Octets.of(new byte[4]))))
          .isInstanceOf(IllegalStateException.class);
      Channel other = port.accept();
      AsapCookie cookie = new AsapCookie(Octets.of(new byte[4]));
      other.sendControl(cookie);
      byte[] encoded = new AsapCodec(WireForm.RFC).encode(cookie);
      assertSame(plain.receive(LIMIT), new UserMessage(encoded, CONTROL));
      other.abort();
    }
  }

  @Test
  void controlMessageThatCannotBeReadIsReportedOnlyIfItAsksForItAndEndsNothing() throws Exception {
    try (RawPeer raw = new RawPeer()) {
      // Of unknown types, those whose high bits are 01 are to be reported (RFC 5354 section 4).
      raw.send(new byte[] {0x3f, 0, 0, 4}, CONTROL);
      raw.send(new byte[] {0x7f, 0, 0, 4}, CONTROL);
      raw.send("data".getBytes(StandardCharsets.US_ASCII), 0);
      Channel mine = port.accept();
      assertSame(mine.receive(LIMIT), message("data", 0, 0));
      UserMessage report = raw.received.take();
      assertThat(report.payloadProtocolId()).isEqualTo(CONTROL);
      assertThat(decoded(report)).isInstanceOf(AsapError.class);
      // An error that cannot be read is not answered by an error.
      raw.send(new byte[] {0x0e, 0, 0, 4}, CONTROL);
      raw.send("more".getBytes(StandardCharsets.US_ASCII), 0);
      assertSame(mine.receive(LIMIT), message("more", 0, 0));
      mine.send(message("answer", 0, 0));
      assertSame(raw.received.take(), message("answer", 0, 0));
      mine.abort();
    }
  }

  @Test
  void readingAheadIsBoundedAndSendersWaitUntilItIsRead() throws Exception {
    int size = 8 * 1024;
    int count = 400;
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    AtomicInteger taken = new AtomicInteger();
    Thread.ofVirtual()
        .start(() -> {
          try {
            for (int i = 0; i < count; i++) {
              byte[] bytes = new byte[size];
              bytes[0] = (byte) i;
              user.send(new UserMessage(bytes, 0, 0));
              taken.incrementAndGet();
            }
            sent.complete(count);
          } catch (IOException e) {
            sent.completeExceptionally(e);
          }
        });
    for (int i = 0; i < count; i++) {
      UserMessage message = (UserMessage) element.receive(LIMIT);
      assertThat(message.bytes()[0]).isEqualTo((byte) i);
    }
    assertThat(sent.get()).isEqualTo(count);
  }

  @Test
  void nothingIsTakenAnyMoreWhileNobodyReads() throws Exception {
    byte[] bytes = new byte[16 * 1024];
    AtomicInteger taken = new AtomicInteger();
    CompletableFuture<IOException> end = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              user.send(new UserMessage(bytes, 0));
              taken.incrementAndGet();
            }
          } catch (IOException e) {
            end.complete(e);
          }
        });
    while (!stack.holdsBack() && !Thread.interrupted()) {
      Thread.onSpinWait();
    }
    assertThat(taken.get() * bytes.length).isGreaterThan(SctpInput.UNREAD_BYTES_MAX / 2);
    assertThat(taken.get() * bytes.length)
        .isLessThan(SctpInput.UNREAD_BYTES_MAX + 2 * ToySctp.WINDOW_BYTES + bytes.length);
    user.abort();
    assertThat(end.get()).hasMessageContaining("ended on this side");
  }

  @Test
  void endInOrderComesAfterWhatWasSentAndGivesThePortBack() throws IOException {
    user.send(message("last", 0, 0));
    user.close();
    assertSame(element.receive(LIMIT), message("last", 0, 0));
    assertThat(element.receive(LIMIT)).isEqualTo(Incoming.End.END);
    assertThat(element.receive(LIMIT)).isEqualTo(Incoming.End.END);
    assertThatThrownBy(() -> element.send(message("late", 0, 0))).isInstanceOf(EOFException.class);
    assertThat(stack.openPorts()).isEqualTo(1);
    assertThatThrownBy(() -> user.receive(LIMIT)).hasMessageContaining("ended on this side");
  }

  @Test
  void brokenAssociationIsToldToWhoeverWaits() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            element.receive(LIMIT);
          } catch (IOException e) {
            told.complete(e);
          }
        });
    user.abort();
    assertThat(told.get()).isExactlyInstanceOf(IOException.class).hasMessageContaining("aborted");
    assertThat(stack.openPorts()).isEqualTo(1);
  }

  @Test
  void peerThatStartsAgainOnTheSameAssociationHasBrokenTheConversation() throws IOException {
    element.send(message("before", 0, 0));
    stack.restart(port.address().port());
    assertSame(user.receive(LIMIT), message("before", 0, 0));
    assertThatThrownBy(() -> user.receive(LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("started again");
  }

  @Test
  void pathsThatFailDoNotHarmTheConversation() throws IOException {
    stack.path(port.address().port(), SctpListener.Path.UNREACHABLE);
    stack.path(port.address().port(), SctpListener.Path.REACHABLE);
    user.send(message("on", 0, 0));
    assertSame(element.receive(LIMIT), message("on", 0, 0));
  }

  @Test
  void lossesKeepTheirKind() throws IOException {
    stack.happens(port.address().port(), LossReason.UNREACHABLE);
    assertThatThrownBy(() -> user.receive(LIMIT)).isExactlyInstanceOf(IOException.class);
    port.close();
    AsapTransport address = port.address();
    element.abort();
    assertThatThrownBy(() -> stack.call(address, LIMIT))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("sctp://127.0.0.1:" + address.port());
    stack.deaf();
    int before = stack.openPorts();
    assertThatThrownBy(() -> stack.call(address, MOMENT))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(stack.openPorts()).isEqualTo(before);
  }

  @Test
  void closedPortPutsOutWhoeverCallsAndServesThoseWhoAreIn() throws IOException {
    port.close();
    assertThatThrownBy(port::accept).isInstanceOf(IOException.class);
    user.send(message("still", 0, 0));
    assertSame(element.receive(LIMIT), message("still", 0, 0));
    Channel late = stack.call(port.address(), LIMIT);
    assertThatThrownBy(() -> late.receive(LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nobody is let in");
    element.close();
    assertThat(user.receive(LIMIT)).isEqualTo(Incoming.End.END);
    assertThat(stack.openPorts()).isZero();
  }

  @Test
  void serviceIsCalledAtAllItsAddresses() throws IOException {
    List<IpAddress> addresses = List.of(new IpAddress.V4(0x0a000001), new IpAddress.V4(0x0a000002));
    stack
        .call(
            new AsapTransport.Sctp(addresses, port.address().port(), TransportUse.DATA_ONLY), LIMIT)
        .abort();
    assertThat(stack.calls().getLast())
        .containsExactly(InetAddress.ofLiteral("10.0.0.1"), InetAddress.ofLiteral("10.0.0.2"));
  }

  @Test
  void registeredAddressesAreThoseThatOthersReach() {
    List<InetAddress> own =
        List.of(
            InetAddress.ofLiteral("127.0.0.1"),
            InetAddress.ofLiteral("10.0.0.1"),
            InetAddress.ofLiteral("fe80::1"),
            InetAddress.ofLiteral("2001:db8::1"));
    assertThat(SctpServicePort.reachable(own)).hasToString("[10.0.0.1, 2001:db8::1]");
    assertThat(SctpServicePort.reachable(List.of(own.get(0), own.get(2))))
        .hasToString("[127.0.0.1]");
  }

  @Test
  void withoutAnyStackTheCallSaysSoToPeople() {
    assertThatThrownBy(() ->
            SctpCall.open(
                new SctpStacks(List.of()),
                SctpOptions.defaults(),
                port.address(),
                LIMIT,
                TlsOptions.OFF))
        .hasMessageContaining("sctp cannot be used here");
    assertThatThrownBy(() -> Channels.listen(TransportAddress.Kind.UDP, List.of(), 0))
        .hasMessageContaining("TCP or SCTP");
  }

  private static Object decoded(UserMessage control) {
    byte[] bytes = control.bytes();
    return ((Decoded.Message<?>) new AsapCodec(WireForm.RFC).decode(bytes, 0, bytes.length))
        .message();
  }

  /// A user that sends what it likes.
  private final class RawPeer implements SctpListener, AutoCloseable {
    private final CompletableFuture<Long> up = new CompletableFuture<>();
    private final BlockingQueue<UserMessage> received = new LinkedBlockingQueue<>();
    private final SctpSocket socket;

    private RawPeer() throws IOException {
      socket = stack.open(SctpOptions.defaults(), this);
      socket.connect(List.of(ToySctp.HOST), port.address().port());
    }

    private void send(byte[] bytes, int ppid) throws Exception {
      assertThat(socket.send(up.get(), bytes, 0, ppid)).isTrue();
    }

    @Override
    public void up(
        long association,
        boolean isIncoming,
        List<InetAddress> peers,
        int peerPort,
        List<InetAddress> locals,
        int outgoingStreams) {
      up.complete(association);
    }

    @Override
    public void message(long association, byte[] message, int stream, int ppid) {
      received.add(new UserMessage(message, ppid, stream));
    }

    @Override
    public void writable(long association) {}

    @Override
    public void path(long association, InetAddress address, Path change) {}

    @Override
    public void restarted(long association) {}

    @Override
    public void down(long association, LossReason reason, String detail) {}

    @Override
    public void close() {
      socket.close();
    }
  }
}
