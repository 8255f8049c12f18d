package io.rserpool.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.net.tls.TestAuthority;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that speak TLS over SCTP (RFC 3436): everything that holds without it, and who the others are.
final class TlsSctpNodeTest extends SctpNodeTest {

  private static final String NAME = "rserpool://test/registrar/alpha";

  private final TestAuthority authority = new TestAuthority();

  @TempDir Path directory;
  private TlsCredentials credentials;

  @BeforeEach
  void issue() {
    credentials = authority.credentials(directory, NAME);
  }

  @Override
  NodeOptions options(TcpOptions limits) {
    return super.options(limits).withTls(TlsOptions.of(credentials));
  }

  @Test
  void bothSidesKnowTheOther() {
    Endpoint at = server(TcpOptions.defaults()).listen(AssociationKind.ENRP, HERE);
    RecordingEngine.carryOut(
        client(),
        new io.rserpool.engine.Effect.Open(
            new io.rserpool.engine.AssociationId(-1), AssociationKind.ENRP, at));
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
