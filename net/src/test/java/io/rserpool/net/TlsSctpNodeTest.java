package io.rserpool.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.tls.TestAuthority;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that speak TLS over SCTP (RFC 3436): everything that holds without it, and who the others are.
final class TlsSctpNodeTest extends SctpNodeTest {

  private static final String NAME = "rserpool://test/registrar/alpha";

  private final TestAuthority authority = new TestAuthority();

  @TempDir Path directory;
  private TlsCredentials credentials;
  private boolean isPlain;

  @BeforeEach
  void issue() {
    credentials = authority.credentials(directory, NAME);
  }

  @Override
  NodeOptions options(TcpOptions limits) {
    NodeOptions plain = super.options(limits);
    return isPlain ? plain : plain.withTls(TlsOptions.of(credentials));
  }

  @Test
  void bothSidesKnowTheOther() {
    Endpoint at = server(TcpOptions.defaults()).listen(AssociationKind.ENRP, HERE);
    RecordingEngine.carryOut(
        client(), new Effect.Open(new AssociationId(-1), AssociationKind.ENRP, at));
    assertThat(client.await(Input.AssociationUp.class).identity().name()).isEqualTo(NAME);
    assertThat(server.await(Input.AssociationUp.class).identity().name()).isEqualTo(NAME);
  }

  @Test
  void certificateOfAnotherAuthorityIsTurnedAway() throws Exception {
    Endpoint at = server(TcpOptions.defaults()).listen(AssociationKind.ASAP, HERE);
    credentials = new TestAuthority().credentials(directory.resolve("other"), NAME);
    RecordingEngine.call(client(), 1, at);
    assertThat(client.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.REFUSED);
    assertThat(awaitEvent(NetEvent.HandshakeFailed.class).describe()).contains("127.0.0.1");
    assertThat(server.inputs).isEmpty();
  }

  @Test
  void whoSpeaksPlainlyIsToldThatTlsIsSpoken() throws Exception {
    Endpoint at = server(TcpOptions.defaults()).listen(AssociationKind.ASAP, HERE);
    isPlain = true;
    Node plain = client();
    AssociationId call = RecordingEngine.call(plain, 1, at);
    client.await(Input.AssociationUp.class);
    RecordingEngine.carryOut(plain, cookie(call, 3));
    assertThat(client.await(Input.AssociationDown.class).detail()).contains("it speaks TLS");
    assertThat(awaitEvent(NetEvent.HandshakeFailed.class).reason()).contains("not an SSL/TLS");
    assertThat(server.inputs).isEmpty();
  }

  @Test
  void floodOfOneAddressKeepsNobodyElseOut() throws Exception {
    TcpOptions limits = TcpOptions.builder().limitLoopback(true).build();
    Endpoint at = server(limits).listen(AssociationKind.ASAP, HERE);
    List<InetAddress> here = List.of(InetAddress.ofLiteral("127.0.0.1"));
    Ends flood = new Ends();
    try (SctpSocket other =
        sctp.open(
            SctpOptions.defaults().at(List.of(InetAddress.ofLiteral("127.0.0.2")), 0, false),
            flood)) {
      for (int i = 0; i < 300; i++) {
        other.connect(here, at.port());
      }
      // Sixty-four handshakes of one address may be under way.
      while (flood.reasons.size() < 300 - 64) {
        Thread.onSpinWait();
      }
      RecordingEngine.call(client(), 1, at);
      assertThat(client.await(Input.AssociationUp.class).identity().name()).isEqualTo(NAME);
    }
    assertThat(flood.reasons)
        .areAtLeastOne(containing("oldest of them"))
        .areAtLeastOne(containing("too many new connections a second"));
    assertThat(awaitEvent(NetEvent.HandshakeFailed.class).reason()).contains("oldest");
    assertThat(awaitEvent(NetEvent.ConnectionRefused.class).source()).isEqualTo("127.0.0.2");
  }

  private static Condition<String> containing(String part) {
    return new Condition<>(text -> text.contains(part), "containing '%s'", part);
  }

  /// Shakes nobody's hand, and remembers why it was hung up on.
  private static final class Ends implements SctpListener {
    private final List<String> reasons = new CopyOnWriteArrayList<>();

    @Override
    public void up(
        long association,
        boolean isIncoming,
        List<InetAddress> peers,
        int peerPort,
        List<InetAddress> locals,
        int outgoingStreams) {}

    @Override
    public void message(long association, byte[] message, int stream, int payloadProtocolId) {}

    @Override
    public void writable(long association) {}

    @Override
    public void path(long association, InetAddress address, SctpListener.Path change) {}

    @Override
    public void restarted(long association) {}

    @Override
    public void down(long association, LossReason reason, String detail) {
      reasons.add(detail);
    }
  }

  /// Like the test without TLS, but nobody is up before both have proved who they are.
  @Test
  @Override
  void whoCallsBeforeTheNodeLetsAnybodyInWaits() {
    Node node = server(TcpOptions.defaults());
    Endpoint at = node.bind(AssociationKind.ASAP, HERE);
    RecordingEngine.call(client(), 1, at);
    node.accept();
    assertThat(client.await(Input.AssociationUp.class).identity().name()).isEqualTo(NAME);
    assertThat(server.await(Input.AssociationUp.class).identity().name()).isEqualTo(NAME);
  }
}
