package io.rserpool.registrar;

import static io.rserpool.registrar.AttackedScope.deregister;
import static io.rserpool.registrar.AttackedScope.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.net.NetEvent;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.ElementId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Attacks by whoever stands between a registrar and its callers (RFC 5355 sections 2.8, 2.10 and 2.11).
@Timeout(60)
final class LineAttacksTest {

  @TempDir Path directory;

  private AttackedScope scope;

  @BeforeEach
  void start() {
    scope = AttackedScope.start(directory);
  }

  @AfterEach
  void stop() throws Exception {
    scope.end();
  }

  /// 2.8 and 2.11: what was said is not understood by who listens, and says nothing when repeated.
  @Test
  void whatWasOverheardIsOfNoUse() throws Exception {
    byte[] overheard;
    try (Eavesdropper ear = new Eavesdropper(scope.registrar().asap().getFirst(), -1);
        Caller other = Caller.call(ear.endpoint(), scope.stage().issue("element", "echo-2"))) {
      assertThat(register(other, ElementId.of(2))).isEmpty();
      assertThat(deregister(other, ElementId.of(2))).isEmpty();
      overheard = ear.heard();
    }
    assertThat(new String(overheard, StandardCharsets.ISO_8859_1))
        .doesNotContain("echo", "rserpool");
    try (Socket replayer =
        new Socket(
            InetAddress.ofLiteral("127.0.0.1"), scope.registrar().asap().getFirst().port())) {
      replayer.getOutputStream().write(overheard);
      scope.await(NetEvent.HandshakeFailed.class);
    } catch (SocketException _) {
      // It has hung up before all was said.
    }
    scope.assertUnharmed();
  }

  /// 2.10: not one byte can be changed on the way.
  @Test
  void changedBytesEndTheAssociation() throws Exception {
    int size;
    TlsOptions other = scope.stage().issue("element", "echo-2");
    try (Eavesdropper ear = new Eavesdropper(scope.registrar().asap().getFirst(), -1);
        Caller caller = Caller.call(ear.endpoint(), other)) {
      size = ear.heard().length;
      assertThat(register(caller, ElementId.of(2))).isEmpty();
      assertThat(deregister(caller, ElementId.of(2))).isEmpty();
    }
    // Within the first message after the handshake, which is as long each time or some bytes
    // shorter.
    try (Eavesdropper ear = new Eavesdropper(scope.registrar().asap().getFirst(), size + 40);
        Caller caller = Caller.call(ear.endpoint(), scope.stage().issue("element", "echo-3"))) {
      assertThatThrownBy(() -> register(caller, ElementId.of(2))).isInstanceOf(IOException.class);
    }
    scope.assertUnharmed();
  }
}
