package io.rserpool.cli.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.pki.Authority;
import io.rserpool.pki.Role;
import io.rserpool.protocol.Profile;
import io.rserpool.registrar.Registrar;
import io.rserpool.registrar.RegistrarConfig;
import io.rserpool.registrar.Security;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a caller is told, by real registrars.
class SilenceTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration LIFE = Duration.ofHours(2);

  @TempDir private Path directory;

  private TlsOptions tls(String scope, Role role, Instant issued) throws TlsException {
    return tls(scope, role, role.usualHosts(), issued);
  }

  private TlsOptions tls(String scope, Role role, List<String> hosts, Instant issued)
      throws TlsException {
    Path pki = directory.resolve(scope);
    Authority authority =
        pki.toFile().exists()
            ? Authority.open(pki)
            : Authority.create(
                pki, scope, Duration.ofDays(1), Instant.now().minus(LIFE.multipliedBy(4)));
    Path folder = pki.resolve(role.word() + "-" + issued.getEpochSecond() + "-" + hosts.size());
    authority.issue(role, "one", hosts, LIFE, issued).write(folder);
    return TlsOptions.of(TlsCredentials.load(folder));
  }

  private static Registrar registrar(TlsOptions tls) {
    Endpoint.Scheme scheme = tls.isOn() ? Endpoint.Scheme.TLS : Endpoint.Scheme.TCP;
    List<Endpoint> any = List.of(Endpoint.of(scheme, "127.0.0.1", 0));
    return Registrar.start(
        RegistrarConfig.defaults()
            .withAsap(any)
            .withEnrp(any)
            .withSecurity(tls.isOn() ? Security.of(tls) : Security.NONE));
  }

  private static Answer ask(Registrar registrar, TlsOptions tls) throws IOException {
    return Answer.of(registrar.asap().getFirst(), Profile.STANDARD, tls, LIMIT);
  }

  private static Silence silence(Endpoint registrar, TlsOptions tls) {
    IOException failure =
        catchThrowableOfType(
            IOException.class, () -> Answer.of(registrar, Profile.STANDARD, tls, LIMIT));
    return Silence.explain(registrar, Profile.STANDARD, tls, failure);
  }

  @Test
  void aRegistrarAnswersPlainlyAndOverTlsWithItsName() throws IOException {
    try (Registrar plain = registrar(TlsOptions.OFF);
        Registrar secured = registrar(tls("a", Role.REGISTRAR, Instant.now()))) {
      assertThat(ask(plain, TlsOptions.OFF).identity().isAuthenticated()).isFalse();
      assertThat(ask(secured, tls("a", Role.USER, Instant.now())).identity().name())
          .isEqualTo("rserpool://a/registrar/one");
    }
  }

  @Test
  void aPlainCallerIsToldOfTls() throws IOException {
    try (Registrar secured = registrar(tls("a", Role.REGISTRAR, Instant.now()))) {
      Silence silence = silence(secured.asap().getFirst(), TlsOptions.OFF);
      assertThat(silence.why()).isEqualTo("what listens there speaks TLS");
      assertThat(silence.advice()).contains("--tls DIR");
    }
  }

  @Test
  void aCallerWithTlsIsToldThatTheRegistrarHasNone() throws IOException {
    try (Registrar plain = registrar(TlsOptions.OFF)) {
      Silence silence = silence(plain.asap().getFirst(), tls("a", Role.USER, Instant.now()));
      assertThat(silence.why()).isEqualTo("a registrar without TLS answers there");
      assertThat(silence.advice()).contains("leave --tls out");
    }
  }

  @Test
  void aStrangerIsToldThatHeIsOne() throws IOException {
    try (Registrar secured = registrar(tls("a", Role.REGISTRAR, Instant.now()))) {
      Silence silence = silence(secured.asap().getFirst(), tls("b", Role.USER, Instant.now()));
      assertThat(silence.why()).contains("not of an authority");
      assertThat(silence.advice()).contains("of the registrar's own scope");
    }
  }

  @Test
  void anotherAuthorityOfTheSameNameIsAnotherOne() throws IOException {
    try (Registrar secured = registrar(tls("a", Role.REGISTRAR, Instant.now()))) {
      Path aside = directory.resolve("aside");
      Files.move(directory.resolve("a"), aside);
      Silence silence = silence(secured.asap().getFirst(), tls("a", Role.USER, Instant.now()));
      assertThat(silence.why()).contains("not of an authority");
    }
  }

  @Test
  void whoHasExpiredIsToldThatHeIsNotBelieved() throws IOException {
    try (Registrar secured = registrar(tls("a", Role.REGISTRAR, Instant.now()))) {
      Instant longAgo = Instant.now().minus(LIFE.multipliedBy(2));
      Silence silence = silence(secured.asap().getFirst(), tls("a", Role.USER, longAgo));
      assertThat(silence.why()).contains("this side's certificate");
      assertThat(silence.advice()).contains("rserpool");
    }
  }

  /// The registrar's word of it may be lost with the connection.
  @Test
  void whoHasExpiredFindsThatOutHimselfWhereNobodySaysSo() throws IOException {
    Instant longAgo = Instant.now().minus(LIFE.multipliedBy(2));
    Endpoint nobody = Endpoint.of(Endpoint.Scheme.TLS, "127.0.0.1", 1);
    IOException broken = HandshakeException.of(new SocketException("Broken pipe"), LIMIT);
    Silence expired = Silence.explain(nobody, tls("a", Role.USER, longAgo), broken, () -> false);
    assertThat(expired.why()).startsWith("this side's certificate has expired at ");
    Silence valid =
        Silence.explain(nobody, tls("b", Role.USER, Instant.now()), broken, () -> false);
    assertThat(valid.why()).contains("Broken pipe");
  }

  @Test
  void aRegistrarThatHasExpiredIsSaidToHave() throws IOException {
    Instant longAgo = Instant.now().minus(LIFE.multipliedBy(2));
    try (Registrar secured = registrar(tls("a", Role.REGISTRAR, longAgo))) {
      Silence silence = silence(secured.asap().getFirst(), tls("a", Role.USER, Instant.now()));
      assertThat(silence.why()).contains("its certificate has expired");
      assertThat(silence.advice()).contains("pki renew");
    }
  }

  @Test
  void aRegistrarThatIsElsewhereIsSaidToBeIfHostsAreVerified() throws IOException {
    TlsOptions elsewhere = tls("a", Role.REGISTRAR, List.of("registrar.example"), Instant.now());
    try (Registrar secured = registrar(elsewhere)) {
      TlsOptions user = tls("a", Role.USER, Instant.now());
      assertThat(ask(secured, user).identity().name()).isEqualTo("rserpool://a/registrar/one");
      Silence silence = silence(secured.asap().getFirst(), user.verifyingHosts());
      assertThat(silence.why()).contains("not for the host that was called", "127.0.0.1");
      assertThat(silence.advice()).contains("--host", "--verify-hosts");
    }
  }

  @Test
  void whoHasProvedToBeSomebodyElseIsNoRegistrar() throws IOException {
    try (Registrar impostor = registrar(tls("a", Role.ELEMENT, Instant.now()))) {
      TlsOptions user = tls("a", Role.USER, Instant.now());
      Silence silence = silence(impostor.asap().getFirst(), user);
      assertThat(silence.why()).contains("rserpool://a/element/one, which is no registrar");
      assertThat(silence.advice()).contains("pki issue registrar", "--registrar-names");
      TlsOptions trusting =
          user.withNames(List.of(IdentityPattern.parse("rserpool://a/element/*")), user.elements());
      assertThat(ask(impostor, trusting).identity().name()).isEqualTo("rserpool://a/element/one");
    }
  }

  @Test
  void whereNobodyListensThatIsSaid() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    Endpoint nobody = Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", port);
    assertThat(silence(nobody, TlsOptions.OFF).why()).contains("nobody listens there");
    assertThat(silence(nobody, tls("a", Role.USER, Instant.now())).why())
        .contains("nobody listens there");
  }
}
