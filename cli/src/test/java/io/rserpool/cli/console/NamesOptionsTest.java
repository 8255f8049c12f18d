package io.rserpool.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.Scope;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.pki.Authority;
import io.rserpool.pki.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Scopes whose certificates have names of their own, and other limits of handshakes.
final class NamesOptionsTest {

  private static final PeerIdentity REGISTRAR = new PeerIdentity("spiffe://corp/pool/registrar-1");
  private static final PeerIdentity ELEMENT = new PeerIdentity("spiffe://corp/svc/echo-1");

  @Command
  private static final class Program {
    @Mixin private final RegistrarOption registrar = new RegistrarOption();
    @Mixin private final ElementNamesOption elements = new ElementNamesOption();
    @Mixin private final HandshakeOption handshakes = new HandshakeOption();
  }

  @TempDir private Path directory;

  @BeforeEach
  void issue() {
    Instant now = Instant.now();
    Authority.create(directory.resolve("pki"), "test", Duration.ofDays(1), now)
        .issue(Role.USER, "u1", List.of(), Duration.ofHours(1), now)
        .write(directory.resolve("me"));
  }

  private TlsOptions tls(String options) {
    Program program = new Program();
    String line = "--tls " + directory.resolve("me") + " " + options;
    new CommandLine(program).parseArgs(line.strip().split(" "));
    Scope scope = program.elements.of(program.handshakes.of(program.registrar.scope()));
    return scope.tls();
  }

  @Test
  void namesAreThoseOfThePrivateAuthorityUnlessOthersAreGiven() {
    TlsOptions usual = tls("");
    assertThat(usual.isRegistrar(new PeerIdentity("rserpool://test/registrar/r1"))).isTrue();
    assertThat(usual.isElement(new PeerIdentity("rserpool://test/element/e1"))).isTrue();
    assertThat(usual.isRegistrar(REGISTRAR)).isFalse();
    assertThat(usual.isElement(ELEMENT)).isFalse();
  }

  @Test
  void eachKindHasItsNames() {
    TlsOptions named =
        tls("--registrar-names spiffe://corp/pool/*,r.example --element-names spiffe://corp/svc/*");
    assertThat(named.isRegistrar(REGISTRAR)).isTrue();
    assertThat(named.isRegistrar(new PeerIdentity("r.example"))).isTrue();
    assertThat(named.isElement(ELEMENT)).isTrue();
    assertThat(named.isRegistrar(ELEMENT)).isFalse();
    assertThat(named.isElement(REGISTRAR)).isFalse();
    assertThat(named.isRegistrar(new PeerIdentity("rserpool://test/registrar/r1"))).isFalse();
  }

  @Test
  void handshakesOfOneAddressAreLimitedAsIsSaid() {
    TlsOptions limited = tls("--handshake-rate 300");
    assertThat(limited.handshakesPerSecond()).isEqualTo(300);
    assertThat(limited.handshakesBurst()).isEqualTo(100);
    assertThat(tls("--handshake-burst 7").handshakesBurst()).isEqualTo(7);
  }
}
