package io.rserpool.bench.security;

import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsEngine;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsFiles;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.pki.Authority;
import io.rserpool.pki.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/// The certificates of a scope that lives as long as a benchmark, as `rserpool pki` makes them, and the
/// configuration of its registrar.
public final class Papers implements AutoCloseable {

  /// Nobody is limited, since all the load comes from one name and one address.
  private static final List<String> NO_LIMITS =
      List.of(
          "settings:",
          "  resolution-rate: 0",
          "  pool-resolution-rate: 0",
          "  registration-rate: 0",
          "  connection-rate: 0");

  private static final Duration LIFE = Duration.ofDays(1);

  private final Path folder;
  private final Authority authority;

  /// Makes the authority.
  public Papers() throws IOException {
    folder = Files.createTempDirectory("bench-tls");
    authority =
        Authority.create(folder.resolve("authority"), "bench", LIFE.multipliedBy(2), Instant.now());
  }

  /// The folder of a new certificate.
  public Path issue(Role role, String name) {
    Path target = folder.resolve(role.word() + "-" + name);
    authority.issue(role, name, role.usualHosts(), LIFE, Instant.now()).write(target);
    return target;
  }

  /// How the holder of a new certificate calls others.
  public TlsOptions caller(Role role, String name, TlsEngine engine) throws TlsException {
    return TlsOptions.of(TlsCredentials.load(TlsFiles.in(issue(role, name)), engine));
  }

  /// The arguments of a registrar with a new certificate.
  public List<String> registrar(String name, TlsEngine engine) throws IOException {
    Path config = folder.resolve(name + ".yaml");
    Files.write(
        config,
        Stream.concat(
                NO_LIMITS.stream(),
                Stream.of(
                    "tls:",
                    "  directory: " + issue(Role.REGISTRAR, name),
                    "  engine: " + engine.word(),
                    "  handshake-rate: 0",
                    "  handshake-burst: 0"))
            .toList());
    return List.of("--config", config.toString());
  }

  /// A configuration without limits, and without TLS.
  Path unlimited() throws IOException {
    return Files.write(folder.resolve("plain.yaml"), NO_LIMITS);
  }

  /// How somebody without a certificate calls a registrar, never resuming.
  Visits.Securing anonymous() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, trust.getTrustManagers(), null);
    return (_, number) -> {
      SSLEngine engine = context.createSSLEngine("a" + number, 1);
      engine.setUseClientMode(true);
      return engine;
    };
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
