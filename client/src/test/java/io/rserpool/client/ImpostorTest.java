package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.pki.Authority;
import io.rserpool.pki.Role;
import io.rserpool.protocol.PoolHandle;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Somebody who is no registrar of the scope answers as if he were one (RFC 5355 sections 2.6 and 2.7).
@Timeout(60)
final class ImpostorTest {

  private static final PoolHandle POOL = PoolHandle.of("EchoPool");
  private static final Duration LIFE = Duration.ofDays(1);

  @TempDir Path directory;

  private Authority authority;
  private int issued;

  @BeforeEach
  void start() {
    authority = newAuthority("authority");
  }

  private Authority newAuthority(String name) {
    return Authority.create(directory.resolve(name), "test", LIFE.multipliedBy(9), Instant.now());
  }

  private TlsOptions issue(Authority by, Role role, String name) {
    Path files = directory.resolve("issued-" + ++issued);
    by.issue(role, name, List.of("127.0.0.1"), LIFE, Instant.now()).write(files);
    try {
      return TlsOptions.of(TlsCredentials.load(files));
    } catch (TlsException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertNotBelieved(TlsOptions impostor) {
    try (TestRegistrar registrar = TestRegistrar.start(impostor)) {
      Scope scope = registrar.scope();
      try (PoolUser user =
          PoolUser.open(scope.withTls(issue(authority, Role.USER, "u" + issued)))) {
        assertThatThrownBy(() -> user.resolve(POOL)).isInstanceOf(NoRegistrarException.class);
      }
      Scope ofElement = scope.withTls(issue(authority, Role.ELEMENT, "e" + issued));
      assertThatThrownBy(() -> PoolElement.register(ofElement, Registration.of(POOL, 7_000)))
          .isInstanceOf(NoRegistrarException.class);
    }
  }

  @Test
  void certificateOfAnotherAuthorityIsNotBelieved() {
    assertNotBelieved(issue(newAuthority("forger"), Role.REGISTRAR, "r1"));
  }

  @Test
  void memberOfTheScopeThatIsNoRegistrarIsNotBelieved() {
    assertNotBelieved(issue(authority, Role.ELEMENT, "liar"));
  }

  @Test
  void whoSpeaksPlainlyIsNotBelieved() {
    assertNotBelieved(TlsOptions.OFF);
  }

  @Test
  void namesOfOtherAuthoritiesAreBelievedIfTheyAreSaidToBeRegistrars() {
    TlsOptions named = issue(authority, Role.ADMINISTRATOR, "pr.example.org");
    try (TestRegistrar registrar = TestRegistrar.start(named)) {
      TlsOptions trusting =
          issue(authority, Role.USER, "someone")
              .withNames(
                  List.of(IdentityPattern.parse("rserpool://test/administrator/pr.*")), List.of());
      try (PoolUser user = PoolUser.open(registrar.scope().withTls(trusting))) {
        assertThatThrownBy(() -> user.resolve(POOL)).isInstanceOf(UnknownPoolException.class);
      }
    }
    assertThat(issued).isEqualTo(2);
  }
}
