package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.pki.Authority;
import io.rserpool.pki.Role;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// A secured scope for tests: an authority, registrars, and certificates for whoever wants one.
final class SecureStage {

  private static final Duration LIFE = Duration.ofDays(1);

  private final Path directory;
  private final Authority authority;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private int issued;

  SecureStage(Path directory) {
    this.directory = directory;
    this.authority = newAuthority("authority");
  }

  Authority newAuthority(String name) {
    return Authority.create(directory.resolve(name), "test", LIFE.multipliedBy(9), Instant.now());
  }

  TlsOptions issue(Role role, String name) {
    return issue(authority, role, name);
  }

  TlsOptions issue(Authority by, Role role, String name) {
    Path files = directory.resolve("issued-" + ++issued);
    by.issue(role, name, List.of("127.0.0.1"), LIFE, Instant.now()).write(files);
    try {
      return TlsOptions.of(TlsCredentials.load(files));
    } catch (TlsException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a registrar of the scope is started with.
  RegistrarConfig config(String name) {
    return RegistrarConfig.secured(Security.of(issue(Role.REGISTRAR, name)))
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

  /// Somebody calls a registrar as if he were another one.
  Caller callAsRegistrar(Registrar registrar, TlsOptions as) {
    return closing(Caller.call(registrar.enrp().getFirst(), as));
  }

  private <T extends AutoCloseable> T closing(T opened) {
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
