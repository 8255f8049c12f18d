package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions over TLS in a scope under TLS, whatever the transport: besides all that [ControlSessionTest]
/// has.
abstract class SecuredSessionTest extends ControlSessionTest {

  @TempDir Path directory;

  TestScope members;

  /// Starts a server over the transport in question.
  abstract ControlServer listen(int number, boolean sendsCookies, TlsOptions tls);

  @Override
  TestRegistrar startRegistrar() {
    members = new TestScope(directory);
    return TestRegistrar.start(members.issue("registrar", "r1"));
  }

  @Override
  Scope scope() {
    return registrar.scope().withTls(members.issue("element", "e1"));
  }

  @Override
  ControlServer listen(int number, boolean sendsCookies) {
    return listen(number, sendsCookies, members.issue("element", "server" + number));
  }

  @Override
  boolean keepsStreams() {
    return false;
  }

  private void assertPassedOver(TlsOptions pretender) {
    serve(listen(1, false, pretender));
    serve(true);
    for (int i = 0; i < 2; i++) {
      try (PoolSession session = connect()) {
        assertThat(session.element().elementId().value()).isEqualTo(2);
        assertThat(ask(session, "a")).isEqualTo("a");
      }
    }
  }

  @Test
  void serverOfAnotherAuthorityIsPassedOver() {
    assertPassedOver(members.stranger().issue("element", "impostor"));
  }

  @Test
  void memberOfTheScopeThatIsNoElementIsPassedOver() {
    assertPassedOver(members.issue("user", "pretender"));
  }

  @Test
  void serverThatSpeaksNoTlsIsPassedOver() {
    assertPassedOver(TlsOptions.OFF);
  }

  @Test
  void renewedCertificateIsUsedAndNobodyIsCutOff() {
    Path files = directory.resolve("renewed");
    TlsOptions tls = members.issue(files, "element", "before");
    serve(listen(1, true, tls));
    try (PoolSession session = connect()) {
      assertThat(ask(session, "a")).isEqualTo("a");
      members.issue(files, "user", "no-element-any-more");
      assertThat(tls.credentials().refresh()).isInstanceOf(TlsCredentials.Change.Renewed.class);
      serve(true);
      // Whoever calls now sees the new certificate, by which this one is passed over.
      try (PoolSession later = connect()) {
        assertThat(later.element().elementId().value()).isEqualTo(2);
      }
      assertThat(ask(session, "b")).isEqualTo("b");
      assertThat(moves).isEmpty();
    }
  }

  @Test
  void endOfOutputStillLetsTheAnswersCome() throws Exception {
    serve(true);
    try (PoolSession session = connect()) {
      SessionFixture.send(session, "last");
      session.endOutput();
      assertThat(text(session.receiveMessage().orElseThrow())).isEqualTo("last");
      assertThat(session.receiveMessage()).isEmpty();
    }
    assertThat(servers.getFirst().received).containsExactly("last", "end");
  }
}
