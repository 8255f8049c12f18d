package io.rserpool.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the JDK's TLS 1.3 makes of our certificates, without a socket. They last a century, so that
/// the time of day makes no difference.
final class HandshakeTest {
  private static final Instant CENTURY = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration LIFE = Duration.ofDays(36_500);

  @TempDir private Path folder;

  private Authority authority;

  @BeforeEach
  void makeAuthority() {
    authority = Authority.create(folder.resolve("one"), "default", LIFE, CENTURY);
  }

  private Credentials issue(Role role, String name) {
    return authority.issue(role, name, role.usualHosts(), LIFE, CENTURY);
  }

  @Test
  void registrarAndElementKnowEachOtherWhoeverCalls() throws Exception {
    Credentials registrar = issue(Role.REGISTRAR, "r");
    Credentials element = issue(Role.ELEMENT, "e");
    for (String host : List.of("localhost", "127.0.0.1", "::1")) {
      assertMeet(element, registrar, host);
      assertMeet(registrar, element, host);
    }
  }

  @Test
  void userIsKnownToARegistrar() throws Exception {
    assertMeet(issue(Role.USER, "u"), issue(Role.REGISTRAR, "r"), "localhost");
  }

  private static void assertMeet(Credentials caller, Credentials called, String host)
      throws Exception {
    Line line = new Line(caller, called, host);
    line.shakeHands();
    assertThat(line.client.getSession().getProtocol()).isEqualTo("TLSv1.3");
    assertThat(line.client.getSession().getPeerCertificates()).startsWith(called.certificate());
    assertThat(line.server.getSession().getPeerCertificates()).startsWith(caller.certificate());
    assertThat(
            CertificateSummary.of(
                    (X509Certificate) line.server.getSession().getPeerCertificates()[0])
                .owner())
        .isEqualTo(caller.summary().owner());
    assertThat(line.sent("hello")).isEqualTo("hello");
  }

  @Test
  void hostOfWhichTheCertificateDoesNotSpeakIsRefused() throws Exception {
    Line line = new Line(issue(Role.USER, "u"), issue(Role.REGISTRAR, "r"), "other.example");
    assertThatThrownBy(line::shakeHands)
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("other.example");
  }

  @Test
  void strangerIsRefusedOnEitherSide() throws Exception {
    authority = Authority.create(folder.resolve("two"), "default", LIFE, CENTURY);
    Credentials stranger = issue(Role.REGISTRAR, "r");
    authority = Authority.open(folder.resolve("one"));
    Credentials known = issue(Role.REGISTRAR, "r");
    assertThatThrownBy(new Line(known, stranger, "localhost")::shakeHands)
        .isInstanceOf(SSLException.class);
    assertThatThrownBy(new Line(stranger, known, "localhost")::shakeHands)
        .isInstanceOf(SSLException.class);
  }

  @Test
  void expiredCertificateIsRefusedOnEitherSide() throws Exception {
    Credentials known = issue(Role.REGISTRAR, "r");
    Credentials expired =
        authority.issue(Role.REGISTRAR, "r", List.of("localhost"), Duration.ofDays(7), CENTURY);
    assertThatThrownBy(new Line(known, expired, "localhost")::shakeHands)
        .isInstanceOf(SSLException.class)
        .hasRootCauseInstanceOf(CertificateExpiredException.class);
    assertThatThrownBy(new Line(expired, known, "localhost")::shakeHands)
        .isInstanceOf(SSLException.class)
        .hasRootCauseInstanceOf(CertificateExpiredException.class);
  }

  /// Two engines, and the bytes between them.
  private static final class Line {
    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
    private final ByteBuffer received = ByteBuffer.allocate(1 << 16);

    Line(Credentials caller, Credentials called, String host) throws Exception {
      client = context(caller).createSSLEngine(host, 3864);
      client.setUseClientMode(true);
      SSLParameters parameters = client.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3"});
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      client.setSSLParameters(parameters);
      server = context(called).createSSLEngine();
      server.setUseClientMode(false);
      server.setNeedClientAuth(true);
    }

    private static SSLContext context(Credentials credentials)
        throws GeneralSecurityException, IOException {
      char[] password = "in memory".toCharArray();
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry(
          "own", credentials.privateKey(), password, new Certificate[] {credentials.certificate()});
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, password);
      KeyStore known = KeyStore.getInstance("PKCS12");
      known.load(null, null);
      known.setCertificateEntry("authority", credentials.authority());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(known);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    }

    void shakeHands() throws SSLException {
      client.beginHandshake();
      server.beginHandshake();
      for (int turn = 0; turn < 100; turn++) {
        boolean clientBusy = step(client, toServer, toClient);
        boolean serverBusy = step(server, toClient, toServer);
        if (!clientBusy && !serverBusy) {
          return;
        }
      }
      throw new AssertionError("the handshake does not end");
    }

    private boolean step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
      boolean busy = false;
      for (int turn = 0; turn < 100; turn++) {
        HandshakeStatus status = engine.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) {
          engine.getDelegatedTask().run();
        } else if (status == HandshakeStatus.NEED_WRAP) {
          engine.wrap(ByteBuffer.allocate(0), out);
        } else if (in.position() > 0) {
          in.flip();
          engine.unwrap(in, received);
          in.compact();
        } else {
          return busy;
        }
        busy = true;
      }
      throw new AssertionError("one side does not end");
    }

    String sent(String text) throws SSLException {
      client.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), toServer);
      received.clear();
      step(server, toClient, toServer);
      received.flip();
      return StandardCharsets.UTF_8.decode(received).toString();
    }
  }
}
