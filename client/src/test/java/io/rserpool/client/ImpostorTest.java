package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.PoolHandle;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Somebody who is no registrar of the scope answers as if he were one (RFC 5355 sections 2.6 and 2.7).
@Timeout(60)
final class ImpostorTest {

  private static final PoolHandle POOL = PoolHandle.of("EchoPool");

  @TempDir Path directory;

  private TestScope members;

  @BeforeEach
  void start() {
    members = new TestScope(directory);
  }

  private void assertNotBelieved(TlsOptions impostor) {
    try (TestRegistrar registrar = TestRegistrar.start(impostor)) {
      Scope scope = registrar.scope();
      try (PoolUser user = PoolUser.open(scope.withTls(members.issue("user", "u1")))) {
        assertThatThrownBy(() -> user.resolve(POOL)).isInstanceOf(NoRegistrarException.class);
      }
      Scope ofElement = scope.withTls(members.issue("element", "e1"));
      assertThatThrownBy(() -> PoolElement.register(ofElement, Registration.of(POOL, 7_000)))
          .isInstanceOf(NoRegistrarException.class);
    }
  }

  @Test
  void certificateOfAnotherAuthorityIsNotBelieved() {
    assertNotBelieved(members.stranger().issue("registrar", "r1"));
  }

  @Test
  void memberOfTheScopeThatIsNoRegistrarIsNotBelieved() {
    assertNotBelieved(members.issue("element", "liar"));
  }

  @Test
  void whoSpeaksPlainlyIsNotBelieved() {
    assertNotBelieved(TlsOptions.OFF);
  }

  @Test
  void namesOfOtherAuthoritiesAreBelievedIfTheyAreSaidToBeRegistrars() {
    TlsOptions named = members.issue("administrator", "pr.example.org");
    try (TestRegistrar registrar = TestRegistrar.start(named)) {
      TlsOptions trusting =
          members
              .issue("user", "someone")
              .withNames(
                  List.of(IdentityPattern.parse("rserpool://test/administrator/pr.*")), List.of());
      try (PoolUser user = PoolUser.open(registrar.scope().withTls(trusting))) {
        assertThatThrownBy(() -> user.resolve(POOL)).isInstanceOf(UnknownPoolException.class);
      }
    }
  }
}
