package io.rserpool.net;

import static io.rserpool.net.RecordingEngine.PATIENCE_S;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapCookie;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of calls, and why.
final class CallTest {

  private final RecordingEngine engine = new RecordingEngine();
  private final Node node =
      Node.start(
          engine,
          Profile.STANDARD,
          NodeOptions.defaults("caller")
              .withTcp(
                  TcpOptions.builder()
                      .connectTimeout(Duration.ofMillis(300))
                      .connectStagger(Duration.ofMillis(50))
                      .build()),
          _ -> {});

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 0, InetAddress.ofLiteral("127.0.0.1"));
    server.setSoTimeout((int) PATIENCE_S * 1_000);
  }

  @AfterEach
  void close() throws IOException {
    node.close();
    server.close();
  }

  private Endpoint at(String... hosts) {
    return new Endpoint(Endpoint.Scheme.TCP, List.of(hosts), server.getLocalPort());
  }

  private LossReason lossOf(Endpoint endpoint) {
    AssociationId association = RecordingEngine.call(node, 1, endpoint);
    Input.AssociationDown down = engine.await(Input.AssociationDown.class);
    assertThat(down.association()).isEqualTo(association);
    assertThat(down.detail()).startsWith("calling " + endpoint + ": ");
    return down.reason();
  }

  @Test
  void aCallThatIsTakenBecomesAnAssociation() throws IOException {
    AssociationId association = RecordingEngine.call(node, 1, at("127.0.0.1"));
    try (Peer peer = Peer.of(server.accept())) {
      assertThat(engine.await(Input.AssociationUp.class).association()).isEqualTo(association);
      assertThat(peer.isServed()).isTrue();
    }
    assertThat(engine.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.CLOSED);
  }

  @Test
  void aNameIsLookedUpAndAllItsAddressesAreTried() throws IOException {
    RecordingEngine.call(node, 1, at("localhost"));
    server.accept().close();
    engine.await(Input.AssociationUp.class);
  }

  @Test
  void theNextAddressIsTriedWhenOneRefuses() throws IOException {
    RecordingEngine.call(node, 1, at("127.0.0.2", "127.0.0.3", "127.0.0.1"));
    server.accept().close();
    assertThat(engine.await(Input.AssociationUp.class).peerAddresses()).hasToString("[127.0.0.1]");
  }

  @Test
  void theNextAddressIsTriedBesideOneThatDoesNotAnswer() throws IOException {
    try (Mute mute = new Mute("127.0.0.2", server.getLocalPort())) {
      RecordingEngine.call(node, 1, at("127.0.0.2", "127.0.0.1"));
      server.accept().close();
      engine.await(Input.AssociationUp.class);
      assertThat(mute.isFull()).isTrue();
    }
  }

  @Test
  void nobodyListeningIsRefused() throws IOException {
    server.close();
    assertThat(lossOf(at("127.0.0.1"))).isEqualTo(LossReason.REFUSED);
  }

  @Test
  void noAnswerIsUnreachable() throws IOException {
    try (Mute mute = new Mute("127.0.0.2", server.getLocalPort())) {
      assertThat(lossOf(at("127.0.0.2"))).isEqualTo(LossReason.UNREACHABLE);
      assertThat(mute.isFull()).isTrue();
    }
  }

  @Test
  void oneThatDoesNotAnswerMayStillLiveThoughOthersRefuse() throws IOException {
    try (Mute mute = new Mute("127.0.0.2", server.getLocalPort())) {
      assertThat(lossOf(at("127.0.0.2", "127.0.0.3"))).isEqualTo(LossReason.UNREACHABLE);
      assertThat(mute.isFull()).isTrue();
    }
  }

  /// An address that answers no call: its queue of accepted connections is full, so the system
  /// drops
  /// further ones.
  private static final class Mute implements AutoCloseable {
    private final ServerSocket listening;
    private final List<SocketChannel> waiting = new ArrayList<>();

    private Mute(String host, int port) throws IOException {
      InetAddress address = InetAddress.ofLiteral(host);
      listening = new ServerSocket(port, 1, address);
      for (int i = 0; i < 4; i++) {
        SocketChannel caller = SocketChannel.open();
        caller.configureBlocking(false);
        caller.connect(new InetSocketAddress(address, port));
        waiting.add(caller);
      }
    }

    private boolean isFull() throws IOException {
      return !waiting.getLast().finishConnect();
    }

    @Override
    public void close() throws IOException {
      for (SocketChannel caller : waiting) {
        caller.close();
      }
      listening.close();
    }
  }

  @Test
  void aNameWithoutAddressIsUnreachable() {
    assertThat(lossOf(at("no-such-host.invalid"))).isEqualTo(LossReason.UNREACHABLE);
  }

  @Test
  void portZeroIsUnreachable() {
    assertThat(lossOf(Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", 0)))
        .isEqualTo(LossReason.UNREACHABLE);
  }

  @Test
  void tlsWithoutACertificateIsUnreachableAndSaysSo() {
    RecordingEngine.call(node, 1, Endpoint.of(Endpoint.Scheme.TLS, "127.0.0.1", 3863));
    Input.AssociationDown down = engine.await(Input.AssociationDown.class);
    assertThat(down.reason()).isEqualTo(LossReason.UNREACHABLE);
    assertThat(down.detail()).contains("TLS needs a certificate, and this node was given none");
  }

  @Test
  void aBrokenAssociationIsReset() throws IOException {
    RecordingEngine.call(node, 1, at("127.0.0.1"));
    Peer peer = Peer.of(server.accept());
    assertThat(peer.isServed()).isTrue();
    peer.reset();
    assertThat(engine.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.RESET);
  }

  @Test
  void aCallThatTheEngineGivesUpIsNeverHeardOfAgain() throws IOException {
    AssociationId given = RecordingEngine.call(node, 1, at("127.0.0.2"));
    RecordingEngine.carryOut(node, new Effect.Abort(given, "enough"));
    RecordingEngine.call(node, 2, at("127.0.0.1"));
    Peer peer = Peer.of(server.accept());
    assertThat(engine.await(Input.AssociationUp.class).association())
        .isEqualTo(new AssociationId(-2));
    peer.close();
    assertThat(engine.await(Input.AssociationDown.class).association())
        .isEqualTo(new AssociationId(-2));
  }

  @Test
  void messagesGoOutInOrderOnceTheCallIsTaken() throws IOException {
    engine.reaction =
        (input, out) -> {
          if (input instanceof Input.AssociationUp up) {
            for (int i = 0; i < 100; i++) {
              out.accept(
                  new Effect.SendAsap(up.association(), new AsapCookie(Octets.of((byte) i))));
            }
          }
        };
    RecordingEngine.call(node, 1, at("127.0.0.1"));
    try (Peer peer = Peer.of(server.accept())) {
      byte[] all = peer.read(100 * 12);
      for (int i = 0; i < 100; i++) {
        assertThat(all[12 * i + 8]).isEqualTo((byte) i);
      }
    }
  }

  @Test
  void enrpAndAsapAreCalledAlike() throws IOException {
    AssociationId association = new AssociationId(-9);
    RecordingEngine.carryOut(
        node, new Effect.Open(association, AssociationKind.ENRP, at("127.0.0.1")));
    server.accept().close();
    assertThat(engine.await(Input.AssociationUp.class).kind()).isEqualTo(AssociationKind.ENRP);
  }
}
