package io.rserpool.registrar;

import io.rserpool.client.PoolElement;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/// A secured scope for tests: an authority, registrars, and certificates for whoever wants one.
final class SecureStage {

  private final Path directory;
  private final TestScope members;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  SecureStage(Path directory) {
    this.directory = directory;
    this.members = new TestScope(directory);
  }

  TlsOptions issue(String role, String name) {
    return members.issue(role, name);
  }

  /// Where the files are that were issued last.
  Path newest() {
    int number = 1;
    while (Files.exists(directory.resolve("issued-" + (number + 1)))) {
      number++;
    }
    return directory.resolve("issued-" + number);
  }

  /// A certificate of another authority, whom nobody here believes.
  TlsOptions forge(String role, String name) {
    return members.stranger().issue(role, name);
  }

  /// A port that nobody has at this moment, neither for TCP nor for UDP, and that no caller gets by
  /// chance.
  static int freePort() {
    RandomGenerator random = RandomGenerator.getDefault();
    for (int tries = 0; tries < 100; tries++) {
      int port = random.nextInt(20_000, 32_000);
      try (DatagramSocket _ = new DatagramSocket(port);
          ServerSocket _ = new ServerSocket(port)) {
        return port;
      } catch (IOException _) {
        // The next one, then.
      }
    }
    throw new IllegalStateException("100 ports were all taken");
  }

  /// The same for callers that do not answer keep-alives: hardly anybody is asked.
  static RegistrarConfig patient(RegistrarConfig config) {
    return config.withSettings(
        config.settings().toBuilder()
            .set(RegistrarSetting.KEEP_ALIVE_INTERVAL, Duration.ofDays(1))
            .build());
  }

  /// What a registrar of the scope is started with.
  RegistrarConfig config(String name) {
    return RegistrarConfig.secured(Security.of(issue("registrar", name)))
        .withAsap(List.of(Endpoint.of(Endpoint.Scheme.TLS, "127.0.0.1", 0)))
        .withEnrp(List.of(Endpoint.of(Endpoint.Scheme.TLS, "127.0.0.1", 0)));
  }

  Registrar start(RegistrarConfig config, Consumer<Event> observer) {
    return closing(Registrar.start(config, observer));
  }

  /// Somebody with such a certificate calls a registrar for elements and users.
  Caller call(Registrar registrar, TlsOptions as) {
    return closing(Caller.call(registrar.asap().getFirst(), as));
  }

  /// Somebody without a certificate, who believes the authority, calls a registrar; the first certificate
  /// has to be issued before.
  Caller callAsNobody(Registrar registrar, String from) {
    return closing(Caller.call(registrar.asap().getFirst(), believing(), from));
  }

  /// Somebody calls a registrar from a certain address.
  Caller call(Registrar registrar, TlsOptions as, String from) {
    return closing(Caller.call(registrar.asap().getFirst(), as, from));
  }

  /// An element of the client library registers.
  PoolElement register(Registrar registrar, String name, Registration registration) {
    Scope scope = Scope.of(registrar.asap()).withTls(issue("element", name));
    return closing(PoolElement.register(scope, registration));
  }

  /// The first bytes of a handshake.
  byte[] hello() throws IOException {
    SSLEngine engine = issue("user", "hello").caller(Caller.HERE, 1);
    ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.beginHandshake();
    engine.wrap(ByteBuffer.allocate(0), bytes);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /// Whoever believes the authority, and has no certificate; the first one has to be issued before.
  SSLContext believing() {
    try (InputStream pem = Files.newInputStream(directory.resolve("issued-1/authority.pem"))) {
      KeyStore believed = KeyStore.getInstance("PKCS12");
      believed.load(null, null);
      believed.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(believed);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Somebody calls a registrar as if he were another one.
  Caller callAsRegistrar(Registrar registrar, TlsOptions as) {
    return closing(Caller.call(registrar.enrp().getFirst(), as));
  }

  /// Closes it at the end.
  <T extends AutoCloseable> T closing(T opened) {
    open.addFirst(opened);
    return opened;
  }

  /// Ends whatever was begun, the latest first.
  void end() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }
}
