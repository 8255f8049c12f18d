package io.rserpool.net;

import static io.rserpool.net.RecordingEngine.PATIENCE_S;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapCookie;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A listening node against peers that behave, and others that do not.
class TcpNodeTest {

  static final Endpoint ANY_PORT = Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", 0);

  /// Where the content of a cookie begins in its message.
  private static final int COOKIE_AT = 8;

  static final Duration SHORT = Duration.ofMillis(200);

  final RecordingEngine engine = new RecordingEngine();
  final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  final Endpoint listen(TcpOptions options) {
    Node node = Node.start(engine, Profile.STANDARD, options(options), events::add);
    open.add(node);
    return node.listen(AssociationKind.ASAP, ANY_PORT);
  }

  /// How the node is set up.
  NodeOptions options(TcpOptions options) {
    return NodeOptions.defaults("test").withTcp(options);
  }

  /// How a well-behaved peer calls.
  Peer call(Endpoint endpoint) throws IOException {
    return Peer.connect(endpoint);
  }

  final Peer connect(Endpoint endpoint) throws IOException {
    Peer peer = call(endpoint);
    open.add(peer);
    return peer;
  }

  final <E extends Event> E awaitEvent(Class<E> kind) throws InterruptedException {
    for (Event event = poll(); event != null; event = poll()) {
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
    throw new AssertionError("no " + kind.getSimpleName() + " came in time");
  }

  private Event poll() throws InterruptedException {
    return events.poll(PATIENCE_S, TimeUnit.SECONDS);
  }

  @Test
  void tellsWhoHasCalledAndWhere() throws Exception {
    Endpoint endpoint = listen(TcpOptions.defaults());
    connect(endpoint);
    Input.AssociationUp up = engine.await(Input.AssociationUp.class);
    IpAddress loopback = IpAddress.ofBytes(new byte[] {127, 0, 0, 1});
    assertThat(up.association().isOutgoing()).isFalse();
    assertThat(up.kind()).isEqualTo(AssociationKind.ASAP);
    assertThat(up.transport()).isEqualTo(TransportAddress.Kind.TCP);
    assertThat(up.peerAddresses()).containsExactly(loopback);
    assertThat(up.peerPort()).isPositive();
    assertThat(up.localAddress()).isEqualTo(new AsapTransport.Tcp(loopback, endpoint.port()));
    assertThat(up.identity().isAuthenticated()).isFalse();
  }

  @Test
  void messagesThatComeTogetherAreAnsweredOneByOne() throws Exception {
    Peer peer = connect(listen(TcpOptions.defaults()));
    byte[] three = concat(Peer.message(1), Peer.message(2_000), Peer.message(3));
    peer.write(three);
    assertThat(peer.read(three.length)).isEqualTo(three);
  }

  @Test
  void aMessageThatComesByteByByteIsReadWhole() throws Exception {
    Peer peer = connect(listen(TcpOptions.defaults()));
    byte[] message = Peer.message(13);
    for (byte b : message) {
      peer.write(b);
    }
    assertThat(peer.read(message.length)).isEqualTo(message);
  }

  @Test
  void theLargestMessagePasses() throws Exception {
    Peer peer = connect(listen(TcpOptions.defaults()));
    byte[] message = Peer.message(65_524);
    peer.write(message);
    assertThat(peer.read(message.length)).isEqualTo(message);
  }

  @Test
  void aBrokenMessageIsReportedAndTheNextOneServed() throws Exception {
    Peer peer = connect(listen(TcpOptions.defaults()));
    peer.write((byte) 0x4f, (byte) 0, (byte) 0, (byte) 4);
    byte[] report = peer.read(16);
    assertThat(report[0]).as("type ASAP_ERROR").isEqualTo((byte) 14);
    assertThat(peer.isServed()).isTrue();
  }

  @Test
  void garbageIsReportedWithCauseThreeAndThenCutOff() throws Exception {
    Endpoint endpoint = listen(TcpOptions.defaults());
    Peer good = connect(endpoint);
    Peer bad = connect(endpoint);
    bad.write(
        "\0\0\0\1 this is no message at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(bad.read(16))
        .isEqualTo(Octets.ofHex("0e000010" + "000c000c" + "00030008" + "00000001").toBytes());
    assertThat(bad.readToEnd()).isZero();
    assertThat(engine.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.OFFENDING);
    assertThat(good.isServed()).isTrue();
  }

  @Test
  void aMessageAboveTheLimitIsRefusedByItsHeaderAlone() throws Exception {
    Endpoint endpoint = listen(TcpOptions.builder().messageBytesMax(1_000).build());
    Peer good = connect(endpoint);
    Peer giant = connect(endpoint);
    giant.write((byte) 11, (byte) 0, (byte) 0x03, (byte) 0xed);
    assertThat(giant.read(16)).startsWith((byte) 14);
    assertThat(giant.readToEnd()).isZero();
    assertThat(good.isServed()).isTrue();
  }

  @Test
  void aMessageWhoseRestDoesNotComeIsCutOff() throws Exception {
    Endpoint endpoint = listen(TcpOptions.builder().messageTimeout(SHORT).build());
    Peer good = connect(endpoint);
    Peer slow = connect(endpoint);
    slow.write((byte) 11, (byte) 0, (byte) 0x10);
    assertThat(slow.readToEnd()).isZero();
    assertThat(engine.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.OFFENDING);
    assertThat(awaitEvent(NetEvent.AssociationAborted.class).source()).startsWith("127.0.0.1:");
    assertThat(good.isServed()).isTrue();
  }

  @Test
  void aMessageThatDripsInIsCutOff() throws Exception {
    Endpoint endpoint = listen(TcpOptions.builder().messageTimeout(SHORT).build());
    Peer slow = connect(endpoint);
    slow.write((byte) 11, (byte) 0, (byte) 0xff, (byte) 0xf0);
    // Ends by the node's doing: a write into a broken connection fails.
    assertThat(writesUntilBroken(slow)).isLessThan(65_000);
    assertThat(engine.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.OFFENDING);
  }

  private static int writesUntilBroken(Peer peer) throws IOException {
    for (int i = 0; ; i++) {
      try {
        peer.write((byte) 0);
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      } catch (SocketException _) {
        return i;
      }
    }
  }

  @Test
  void aPeerThatSaysNothingIsCutOffUnlessItWasSpokenTo() throws Exception {
    Endpoint endpoint = listen(TcpOptions.builder().firstMessageTimeout(SHORT).build());
    Peer spokenTo = connect(endpoint);
    Input.AssociationUp up = engine.await(Input.AssociationUp.class);
    RecordingEngine.carryOut(
        node(), new Effect.SendAsap(up.association(), new AsapCookie(Octets.of((byte) 1))));
    assertThat(spokenTo.read(12)).hasSize(12);
    // The silent ones come later: when they are gone, the other one's time is over as well.
    Peer silent = connect(endpoint);
    assertThat(silent.readToEnd()).isZero();
    assertThat(spokenTo.isServed()).isTrue();
  }

  final Node node() {
    return (Node) open.getFirst();
  }

  @Test
  void aPeerThatNeverReadsIsAbortedByTheLimitOfItsQueue() throws Exception {
    Endpoint endpoint = listen(TcpOptions.builder().sendQueueBytesMax(100_000).build());
    connect(endpoint);
    Input.AssociationUp up = engine.await(Input.AssociationUp.class);
    Peer good = connect(endpoint);
    Effect send =
        new Effect.SendAsap(up.association(), new AsapCookie(Octets.of(new byte[60_000])));
    // More than the buffers of any system take on the way.
    Effect[] pushes = new Effect[1_000];
    Arrays.fill(pushes, send);
    RecordingEngine.carryOut(node(), pushes);
    Input.AssociationDown down = engine.await(Input.AssociationDown.class);
    assertThat(down.reason()).isEqualTo(LossReason.OFFENDING);
    assertThat(down.detail()).startsWith("it does not read").endsWith("bytes wait for it");
    assertThat(good.isServed()).isTrue();
  }

  @Test
  void aPeerThatAsksFarAheadAndReadsGetsEveryAnswerInOrder() throws Exception {
    int requests = 20_000;
    int copies = 8;
    engine.reaction =
        (input, out) -> {
          if (input instanceof Input.AsapReceived received) {
            // Beside the echo.
            for (int i = 1; i < copies; i++) {
              out.accept(new Effect.SendAsap(received.association(), received.message()));
            }
          }
        };
    Peer peer = connect(listen(TcpOptions.defaults()));
    byte[] one = Peer.message(100);
    ByteBuffer all = ByteBuffer.allocate(requests * one.length);
    for (int i = 0; i < requests; i++) {
      all.put(one).putInt(i * one.length + COOKIE_AT, i);
    }
    CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> writeAll(peer, all.array()));
    for (int i = 0; i < requests * copies; i++) {
      ByteBuffer answer = ByteBuffer.wrap(peer.read(one.length));
      assertThat(answer.remaining()).as("answer %d", i).isEqualTo(one.length);
      assertThat(answer.getInt(COOKIE_AT)).as("answer %d", i).isEqualTo(i / copies);
    }
    asking.get(PATIENCE_S, TimeUnit.SECONDS);
    assertThat(peer.isServed()).isTrue();
  }

  private static void writeAll(Peer peer, byte[] bytes) {
    try {
      peer.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aPeerThatNeverReadsIsAbortedByTimeIfItsQueueIsSmall() throws Exception {
    Endpoint endpoint =
        listen(TcpOptions.builder().sendQueueBytesMax(1 << 28).drainTimeout(SHORT).build());
    Peer good = connect(endpoint);
    Peer deaf = connect(endpoint);
    assertThat(writesUntilBroken(deaf, Peer.message(60_000))).isPositive();
    Input.AssociationDown down = engine.await(Input.AssociationDown.class);
    assertThat(down.reason()).as(down.detail()).isEqualTo(LossReason.OFFENDING);
    assertThat(good.isServed()).isTrue();
  }

  private static int writesUntilBroken(Peer peer, byte[] message) throws IOException {
    for (int i = 0; ; i++) {
      try {
        peer.write(message);
      } catch (SocketException _) {
        return i;
      }
    }
  }

  @Test
  void aFloodOfSilentConnectionsLeavesOthersServed() throws Exception {
    Endpoint endpoint = listen(TcpOptions.builder().silentMax(20).build());
    Peer before = connect(endpoint);
    assertThat(before.isServed()).isTrue();
    List<Peer> flood = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      flood.add(connect(endpoint));
    }
    assertThat(flood.getFirst().readToEnd()).isZero();
    assertThat(before.isServed()).isTrue();
    assertThat(connect(endpoint).isServed()).isTrue();
    assertThat(awaitEvent(NetEvent.AssociationAborted.class).reason()).contains("oldest");
  }

  @Test
  void connectionsBeyondTheRateAreRefused() throws Exception {
    Endpoint endpoint =
        listen(
            TcpOptions.builder()
                .limitLoopback(true)
                .connectionsPerSecond(1)
                .connectionsBurst(3)
                .build());
    Peer first = connect(endpoint);
    for (int i = 0; i < 6; i++) {
      connect(endpoint);
    }
    NetEvent.ConnectionRefused refused = awaitEvent(NetEvent.ConnectionRefused.class);
    assertThat(refused.source()).isEqualTo("127.0.0.1");
    assertThat(first.isServed()).isTrue();
  }

  @Test
  void associationsBeyondTheLimitAreRefused() throws Exception {
    Endpoint endpoint = listen(TcpOptions.builder().associationsMax(2).build());
    Peer first = connect(endpoint);
    Peer second = connect(endpoint);
    assertThat(first.isServed()).isTrue();
    assertThat(second.isServed()).isTrue();
    assertThat(connect(endpoint).readToEnd()).isZero();
    first.close();
    engine.await(Input.AssociationDown.class);
    assertThat(connect(endpoint).isServed()).isTrue();
  }

  @Test
  void whatWasSentBeforeAnEndIsReadBeforeIt() throws Exception {
    Peer peer = connect(listen(TcpOptions.defaults()));
    byte[] message = Peer.message(40_000);
    peer.write(message);
    peer.shutdownOutput();
    assertThat(engine.await(Input.AsapReceived.class).message()).isInstanceOf(AsapCookie.class);
    assertThat(engine.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.CLOSED);
    assertThat(peer.read(message.length)).isEqualTo(message);
  }

  @Test
  void aResetIsToldAsReset() throws Exception {
    Peer peer = connect(listen(TcpOptions.defaults()));
    assertThat(peer.isServed()).isTrue();
    peer.reset();
    assertThat(engine.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.RESET);
  }

  @Test
  void anOrderlyEndDeliversEverythingFirst() throws Exception {
    Endpoint endpoint = listen(TcpOptions.defaults());
    Peer peer = connect(endpoint);
    Input.AssociationUp up = engine.await(Input.AssociationUp.class);
    byte[] message = Peer.message(60_000);
    Effect send =
        new Effect.SendAsap(up.association(), new AsapCookie(Octets.copyOf(message, 8, 60_000)));
    // Unread bytes at the node must not break the connection under what it has sent.
    peer.write(Peer.message(100));
    RecordingEngine.carryOut(
        node(), send, send, send, send, send, send, new Effect.Close(up.association()));
    peer.write(Peer.message(100));
    assertThat(peer.readToEnd()).isGreaterThanOrEqualTo(6L * message.length);
  }

  private static byte[] concat(byte[]... parts) {
    byte[] all = {};
    for (byte[] part : parts) {
      byte[] longer = java.util.Arrays.copyOf(all, all.length + part.length);
      System.arraycopy(part, 0, longer, all.length, part.length);
      all = longer;
    }
    return all;
  }
}
