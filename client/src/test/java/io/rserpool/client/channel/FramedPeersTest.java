package io.rserpool.client.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.TransportAddress.Kind;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.WireForm;
import io.rserpool.wire.session.Frame;
import io.rserpool.wire.session.Preamble;
import io.rserpool.wire.session.Side;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A framed port and users that send what they like.
@Timeout(30)
final class FramedPeersTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");

  private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();
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
    for (AutoCloseable one : toClose) {
      one.close();
    }
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

  private RawPeer raw() throws IOException {
    RawPeer raw = new RawPeer();
    toClose.add(raw);
    return raw;
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
  void messageInPiecesIsReceivedWhenItsLastByteIsThere() throws Exception {
    RawPeer raw = raw();
    Channel mine = nextAccepted();
    byte[] frame = new Frame(9, new byte[] {1, 2, 3}).encode();
    assertThat(mine.receive(MOMENT)).isEqualTo(Incoming.Silence.SILENCE);
    byte[] stream = concat(Preamble.encode(Side.USER), frame);
    for (int i = 0; i < stream.length - 1; i++) {
      raw.send(Arrays.copyOfRange(stream, i, i + 1));
      assertThat(mine.receive(MOMENT)).isEqualTo(Incoming.Silence.SILENCE);
    }
    // A half frame costs nobody else anything.
    user.send(message("meanwhile", 0, 0));
    assertSame(element.receive(LIMIT), message("meanwhile", 0, 0));
    raw.send(Arrays.copyOfRange(stream, stream.length - 1, stream.length));
    assertSame(mine.receive(LIMIT), new UserMessage(new byte[] {1, 2, 3}, 9));
    mine.abort();
  }

  @Test
  void endWithinAMessageIsNoEndInOrder() throws Exception {
    for (String stream : List.of("52", "5253504f4f4c5501" + "0000000300000009" + "01")) {
      RawPeer raw = raw();
      raw.send(HexFormat.of().parseHex(stream));
      raw.close();
      Channel mine = nextAccepted();
      assertThatThrownBy(() -> mine.receive(LIMIT))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("ended within");
      mine.abort();
    }
    raw().close();
    Channel mine = nextAccepted();
    assertThat(mine.receive(LIMIT)).isEqualTo(Incoming.End.END);
    mine.abort();
  }

  @Test
  void plainClientAtAFramedPortIsNamedAndSeesThePreamble() throws Exception {
    RawPeer raw = raw();
    raw.send("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
    Channel mine = nextAccepted();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> mine.receive(LIMIT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("expected the preamble of a pool user")
          .hasMessageContaining("GET / HT");
    }
    assertThat(raw.receive(Preamble.SIZE)).isEqualTo(Preamble.encode(Side.ELEMENT));
    mine.abort();
  }

  @Test
  void silentClientHoldsNobodyUpAndIsGivenUp() throws Exception {
    RawPeer silent = raw();
    Channel mine = nextAccepted();
    try (Channel other = Channels.open(port.address(), LIMIT)) {
      Channel served = nextAccepted();
      other.send(message("quick", 0, 0));
      assertSame(served.receive(LIMIT), message("quick", 0, 0));
      served.abort();
    }
    silent.send(new byte[] {'R'});
    assertThatThrownBy(() -> mine.receive(Channel.FOREVER))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("within 5000 ms");
    mine.abort();
  }

  @Test
  void brokenFrameBreaksTheChannelForGood() throws Exception {
    RawPeer raw = raw();
    raw.send(
        concat(
            concat(Preamble.encode(Side.USER), new Frame(1, new byte[] {1}).encode()),
            ByteBuffer.allocate(8).putInt(-1).array()));
    Channel mine = nextAccepted();
    assertSame(mine.receive(LIMIT), new UserMessage(new byte[] {1}, 1));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> mine.receive(LIMIT))
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining("1 to 262144 bytes, but this one says 4294967295");
    }
    mine.abort();
  }

  @Test
  void controlMessageThatCannotBeReadIsReportedOnlyIfItAsksForItAndEndsNothing() throws Exception {
    RawPeer raw = raw();
    raw.send(Preamble.encode(Side.USER));
    // Of unknown types, those whose high bits are 01 are to be reported (RFC 5354 section 4).
    raw.send(new Frame(11, new byte[] {0x3f, 0, 0, 4}).encode());
    raw.send(new Frame(11, new byte[] {0x7f, 0, 0, 4}).encode());
    raw.send(new Frame(0, new byte[] {'d'}).encode());
    Channel mine = nextAccepted();
    assertSame(mine.receive(LIMIT), message("d", 0, 0));
    assertThat(raw.receive(Preamble.SIZE)).isEqualTo(Preamble.encode(Side.ELEMENT));
    assertThat(raw.receiveControl()).isInstanceOf(AsapError.class);
    // An error that cannot be read is not answered by an error.
    raw.send(new Frame(11, new byte[] {0x0e, 0, 0, 4}).encode());
    raw.send(new Frame(0, new byte[] {'m'}).encode());
    assertSame(mine.receive(LIMIT), message("m", 0, 0));
    AsapCookie cookie = new AsapCookie(Octets.of(new byte[4]));
    mine.sendControl(cookie);
    assertThat(raw.receiveControl()).isEqualTo(cookie);
    mine.abort();
  }

  static byte[] concat(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  /// A client that sends what it likes.
  private final class RawPeer implements AutoCloseable {
    private final Socket socket = new Socket();

    private RawPeer() throws IOException {
      socket.connect(new InetSocketAddress(HOST, port.address().port()));
      socket.setTcpNoDelay(true);
    }

    private void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    private byte[] receive(int count) throws IOException {
      return socket.getInputStream().readNBytes(count);
    }

    private AsapMessage receiveControl() throws IOException {
      ByteBuffer header = ByteBuffer.wrap(receive(Frame.HEADER_SIZE));
      int size = header.getInt();
      assertThat(header.getInt()).isEqualTo(11);
      return ((Decoded.Message<AsapMessage>)
              new AsapCodec(WireForm.STANDARD).decode(receive(size), 0, size))
          .message();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
