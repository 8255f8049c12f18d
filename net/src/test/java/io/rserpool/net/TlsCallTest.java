package io.rserpool.net;

import static io.rserpool.net.RecordingEngine.PATIENCE_S;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.net.tls.TestAuthority;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsEngine;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapCookie;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node with TLS calls others.
class TlsCallTest {

  private static final String REGISTRAR = "rserpool://test/registrar/alpha";
  private static final String USER = "rserpool://test/user/someone";
  private static final Endpoint ANY_PORT = Endpoint.of(Endpoint.Scheme.TLS, "127.0.0.1", 0);

  private final TestAuthority authority = new TestAuthority();
  private final RecordingEngine called = new RecordingEngine();
  private final RecordingEngine caller = new RecordingEngine();
  private final List<AutoCloseable> open = new ArrayList<>();

  @TempDir Path directory;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  private Node start(RecordingEngine engine, String name, TlsOptions tls) {
    Node node =
        Node.start(
            engine,
            Profile.STANDARD,
            NodeOptions.defaults(name)
                .withTcp(TcpOptions.builder().firstMessageTimeout(Duration.ofSeconds(2)).build())
                .withTls(tls),
            _ -> {});
    open.add(node);
    return node;
  }

  /// Who calculates for both nodes.
  TlsEngine tlsEngine() {
    return TlsEngine.JDK;
  }

  private TlsOptions tls(String identity) {
    Path files = directory.resolve("of-" + open.size());
    return TlsOptions.of(authority.credentials(files, identity, tlsEngine()));
  }

  private Input.AssociationDown failureOf(Node node, Endpoint endpoint) {
    RecordingEngine.call(node, 1, endpoint);
    return caller.await(Input.AssociationDown.class);
  }

  @Test
  void bothSidesLearnWhoTheOtherIs() {
    Endpoint endpoint =
        start(called, "called", tls(REGISTRAR)).listen(AssociationKind.ASAP, ANY_PORT);
    Node node = start(caller, "caller", tls(USER));
    // Addresses that peers tell know nothing of TLS.
    RecordingEngine.call(
        node, 1, new Endpoint(Endpoint.Scheme.TCP, endpoint.hosts(), endpoint.port()));
    Input.AssociationUp up = caller.await(Input.AssociationUp.class);
    assertThat(up.identity().name()).isEqualTo(REGISTRAR);
    assertThat(called.await(Input.AssociationUp.class).identity().name()).isEqualTo(USER);
    RecordingEngine.carryOut(
        node, new Effect.SendAsap(up.association(), new AsapCookie(Octets.of(new byte[50_000]))));
    assertThat(called.await(Input.AsapReceived.class).message()).isInstanceOf(AsapCookie.class);
    assertThat(caller.await(Input.AsapReceived.class).message()).isInstanceOf(AsapCookie.class);
    RecordingEngine.carryOut(node, new Effect.Close(up.association()));
    assertThat(called.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.CLOSED);
  }

  @Test
  void registrarOfAnotherAuthorityIsNotBelieved() {
    TlsCredentials impostor =
        new TestAuthority().credentials(directory.resolve("false"), REGISTRAR);
    Endpoint endpoint =
        start(called, "called", TlsOptions.of(impostor)).listen(AssociationKind.ASAP, ANY_PORT);
    Input.AssociationDown down = failureOf(start(caller, "caller", tls(USER)), endpoint);
    assertThat(down.reason()).isEqualTo(LossReason.REFUSED);
    assertThat(down.detail()).contains("PKIX path");
    assertThat(called.inputs).isEmpty();
  }

  @Test
  void whoSpeaksNoTlsIsNotSpokenTo() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 0, InetAddress.ofLiteral("127.0.0.1"))) {
      server.setSoTimeout((int) Duration.ofSeconds(PATIENCE_S).toMillis());
      Node node = start(caller, "caller", tls(USER));
      RecordingEngine.call(
          node, 1, Endpoint.of(Endpoint.Scheme.TLS, "127.0.0.1", server.getLocalPort()));
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write(Peer.message(100));
        assertThat(caller.await(Input.AssociationDown.class).reason())
            .isEqualTo(LossReason.REFUSED);
      }
    }
  }

  @Test
  void whoNeverAnswersTheHandshakeIsGivenUp() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 0, InetAddress.ofLiteral("127.0.0.1"))) {
      Node node = start(caller, "caller", tls(USER));
      Input.AssociationDown down =
          failureOf(node, Endpoint.of(Endpoint.Scheme.TLS, "127.0.0.1", server.getLocalPort()));
      assertThat(down.detail()).contains("handshake timed out");
      assertThat(down.reason()).isEqualTo(LossReason.UNREACHABLE);
    }
  }

  @Test
  void hostsAreVerifiedWhereThatIsAskedFor() {
    TlsCredentials elsewhere =
        authority.credentials(
            directory.resolve("elsewhere"),
            authority.issue(
                new CertificateBuilder().subject("CN=pr").addSanDnsName("pr.example.org")));
    Endpoint endpoint =
        start(called, "called", TlsOptions.of(elsewhere)).listen(AssociationKind.ASAP, ANY_PORT);
    Node careful = start(caller, "careful", tls(USER).verifyingHosts());
    Input.AssociationDown down = failureOf(careful, endpoint);
    assertThat(down.reason()).isEqualTo(LossReason.REFUSED);
    assertThat(down.detail()).contains("127.0.0.1");
    Node other = start(caller, "other", tls(USER));
    RecordingEngine.call(other, 2, endpoint);
    assertThat(caller.await(Input.AssociationUp.class).identity().name())
        .isEqualTo("pr.example.org");
  }
}
