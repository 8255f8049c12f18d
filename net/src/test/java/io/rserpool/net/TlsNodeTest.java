package io.rserpool.net;

import static io.rserpool.net.RecordingEngine.PATIENCE_S;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.net.tls.TestAuthority;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsEngine;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A listening node with TLS: everything that holds without it, and what TLS adds.
class TlsNodeTest extends TcpNodeTest {

  private static final String REGISTRAR = "rserpool://test/registrar/alpha";
  private static final String ELEMENT = "rserpool://test/element/echo";

  private final TestAuthority authority = new TestAuthority();

  @TempDir Path directory;

  private TlsCredentials registrar;
  private TlsCredentials element;

  @BeforeEach
  void issue() {
    registrar = authority.credentials(directory.resolve("registrar"), REGISTRAR, tlsEngine());
    element = authority.credentials(directory.resolve("element"), ELEMENT);
  }

  /// Who calculates for the node; whoever calls it has the platform's.
  TlsEngine tlsEngine() {
    return TlsEngine.JDK;
  }

  @Override
  NodeOptions options(TcpOptions options) {
    return super.options(options).withTls(TlsOptions.of(registrar));
  }

  @Override
  Peer call(Endpoint endpoint) throws IOException {
    return Peer.connect(endpoint, element.context());
  }

  private Endpoint listenForRegistrars() {
    Node node = Node.start(engine, Profile.STANDARD, options(TcpOptions.defaults()), events::add);
    open.add(node);
    return node.listen(AssociationKind.ENRP, ANY_PORT);
  }

  /// Trusts the authority, and has no certificate of its own.
  private SSLContext nobody() throws Exception {
    java.security.KeyStore trusted = java.security.KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority.root());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, trust.getTrustManagers(), new SecureRandom());
    return context;
  }

  @Test
  @Override
  void tellsWhoHasCalledAndWhere() throws Exception {
    Endpoint endpoint = listen(TcpOptions.defaults());
    assertThat(endpoint.scheme()).isEqualTo(Endpoint.Scheme.TLS);
    connect(endpoint);
    Input.AssociationUp up = engine.await(Input.AssociationUp.class);
    assertThat(up.identity().name()).isEqualTo(ELEMENT);
    assertThat(up.transport()).isEqualTo(TransportAddress.Kind.TCP);
    assertThat(up.peerAddresses()).hasToString("[127.0.0.1]");
  }

  /// Like the test without TLS, but who is refused does not get as far as a connection.
  @Test
  @Override
  void connectionsBeyondTheRateAreRefused() throws Exception {
    Endpoint endpoint =
        listen(
            TcpOptions.builder()
                .limitLoopback(true)
                .connectionsPerSecond(1)
                .connectionsBurst(3)
                .build());
    Peer first = connect(endpoint);
    for (int i = 0; i < 6; i++) {
      open.add(Peer.connect(endpoint));
    }
    assertThat(awaitEvent(NetEvent.ConnectionRefused.class).source()).isEqualTo("127.0.0.1");
    assertThat(first.isServed()).isTrue();
  }

  @Test
  @Override
  void associationsBeyondTheLimitAreRefused() throws Exception {
    Endpoint endpoint = listen(TcpOptions.builder().associationsMax(2).build());
    Peer first = connect(endpoint);
    Peer second = connect(endpoint);
    assertThat(first.isServed()).isTrue();
    assertThat(second.isServed()).isTrue();
    assertThatThrownBy(() -> connect(endpoint)).isInstanceOf(IOException.class);
    first.close();
    engine.await(Input.AssociationDown.class);
    assertThat(connect(endpoint).isServed()).isTrue();
  }

  @Test
  void whoHasNoCertificateIsNobody() throws Exception {
    Peer peer = Peer.connect(listen(TcpOptions.defaults()), nobody());
    open.add(peer);
    assertThat(engine.await(Input.AssociationUp.class).identity().isAuthenticated()).isFalse();
    assertThat(peer.isServed()).isTrue();
  }

  @Test
  void registrarsDoNotTalkToNobody() throws Exception {
    // With TLS 1.3 the caller is done before it is turned away.
    Peer peer = Peer.connect(listenForRegistrars(), nobody());
    open.add(peer);
    assertThatThrownBy(() -> peer.read(1)).isInstanceOf(SSLException.class);
    assertThat(awaitEvent(NetEvent.HandshakeFailed.class).source()).startsWith("127.0.0.1:");
    assertThat(engine.inputs).isEmpty();
  }

  @Test
  void certificateOfAnotherAuthorityIsTurnedAway() throws Exception {
    TlsCredentials strange = new TestAuthority().credentials(directory.resolve("strange"), ELEMENT);
    Endpoint endpoint = listen(TcpOptions.defaults());
    // It does not trust this node, either.
    assertThatThrownBy(() -> Peer.connect(endpoint, strange.context()))
        .isInstanceOf(SSLException.class);
    assertThat(awaitEvent(NetEvent.HandshakeFailed.class).describe()).contains("127.0.0.1");
    assertThat(connect(endpoint).isServed()).isTrue();
  }

  @Test
  void forgedCertificateOfAnotherAuthorityIsTurnedAway() throws Exception {
    // The forger trusts the right authority, and has certified itself.
    SSLContext forger =
        new TestAuthority().contextTrusting(authority, directory.resolve("forger"), ELEMENT);
    Endpoint endpoint = listen(TcpOptions.defaults());
    try (Peer peer = Peer.connect(endpoint, forger)) {
      assertThatThrownBy(() -> peer.read(1)).isInstanceOf(SSLException.class);
    }
    awaitEvent(NetEvent.HandshakeFailed.class);
    assertThat(engine.inputs).isEmpty();
    assertThat(connect(endpoint).isServed()).isTrue();
  }

  @Test
  void expiredCertificateIsTurnedAway() throws Exception {
    TlsCredentials old =
        authority.credentials(
            directory.resolve("old"),
            authority.issue(ELEMENT, Instant.now().minus(Duration.ofMinutes(1))));
    Endpoint endpoint = listen(TcpOptions.defaults());
    try (Peer peer = Peer.connect(endpoint, old.context())) {
      assertThatThrownBy(() -> peer.read(1)).isInstanceOf(SSLException.class);
    }
    assertThat(awaitEvent(NetEvent.HandshakeFailed.class).reason()).contains("CertificateExpired");
    assertThat(engine.inputs).isEmpty();
  }

  @Test
  void olderVersionsOfTlsAreNotSpoken() throws Exception {
    Endpoint endpoint = listen(TcpOptions.defaults());
    SSLContext context = SSLContext.getInstance("TLSv1.2");
    context.init(null, null, new SecureRandom());
    assertThatThrownBy(() -> Peer.connect(endpoint, context, "TLSv1.2"))
        .isInstanceOf(IOException.class);
    awaitEvent(NetEvent.HandshakeFailed.class);
    assertThat(engine.inputs).isEmpty();
  }

  @Test
  void plainMessagesAreNotTaken() throws Exception {
    Endpoint endpoint = listen(TcpOptions.defaults());
    try (Peer plain = Peer.connect(endpoint)) {
      plain.write(Peer.message(5));
      plain.readToEnd();
    }
    // And nothing of what was said: it may have been a secret.
    assertThat(awaitEvent(NetEvent.HandshakeFailed.class).reason())
        .isEqualTo("not an SSL/TLS record");
    assertThat(engine.inputs).isEmpty();
    assertThat(connect(endpoint).isServed()).isTrue();
  }

  @Test
  void whoDoesNotEvenBeginIsCutOff() throws Exception {
    Endpoint endpoint = listen(TcpOptions.builder().firstMessageTimeout(SHORT).build());
    try (Peer plain = Peer.connect(endpoint)) {
      plain.readToEnd();
    }
    awaitEvent(NetEvent.HandshakeFailed.class);
    assertThat(engine.inputs).isEmpty();
  }

  @Test
  void halfOpenHandshakesMakeRoomForOthers() throws Exception {
    Endpoint endpoint = listen(TcpOptions.builder().silentMax(20).build());
    Peer first = Peer.connect(endpoint);
    open.add(first);
    for (int i = 0; i < 100; i++) {
      open.add(Peer.connect(endpoint));
    }
    first.readToEnd();
    assertThat(connect(endpoint).isServed()).isTrue();
    assertThat(awaitEvent(NetEvent.HandshakeFailed.class).reason()).contains("oldest");
  }

  @Test
  void floodOfOneAddressKeepsNobodyElseOut() throws Exception {
    Endpoint endpoint = listen(TcpOptions.builder().limitLoopback(true).build());
    Peer first = Peer.connectFrom("127.0.0.2", endpoint);
    open.add(first);
    for (int i = 0; i < 300; i++) {
      open.add(Peer.connectFrom("127.0.0.2", endpoint));
    }
    // Sixty-four handshakes of one address may be under way.
    first.readToEnd();
    assertThat(connect(endpoint).isServed()).isTrue();
    assertThat(awaitEvent(NetEvent.HandshakeFailed.class).reason()).contains("oldest");
    assertThat(awaitEvent(NetEvent.ConnectionRefused.class).source()).isEqualTo("127.0.0.2");
  }

  @Test
  void keyThatOthersCanReadIsToldAtTheStart() throws Exception {
    Path key = registrar.files().privateKey();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    listen(TcpOptions.defaults());
    NetEvent.KeyExposed exposed = awaitEvent(NetEvent.KeyExposed.class);
    assertThat(exposed.key()).isEqualTo(key);
    assertThat(exposed.describe()).contains("rw-r-----", "chmod 600");
  }

  @Test
  void keyOfItsOwnerIsNoNews() throws Exception {
    Files.setPosixFilePermissions(
        registrar.files().privateKey(), PosixFilePermissions.fromString("rw-------"));
    assertThat(connect(listen(TcpOptions.defaults())).isServed()).isTrue();
    assertThat(events).noneMatch(NetEvent.KeyExposed.class::isInstance);
  }

  @Test
  void renewedFilesAreUsedAndNobodyIsCutOff() throws Exception {
    Endpoint endpoint = listen(TcpOptions.defaults());
    Peer before = connect(endpoint);
    assertThat(before.isServed()).isTrue();
    authority.write(directory.resolve("registrar"), authority.issue(REGISTRAR + "2"));
    assertThat(registrar.refresh()).isInstanceOf(TlsCredentials.Change.Renewed.class);
    SSLSocket after =
        (SSLSocket)
            element
                .context()
                .getSocketFactory()
                .createSocket(endpoint.hosts().getFirst(), endpoint.port());
    open.add(after);
    assertThat(TlsCredentials.identityOf(after.getSession(), Instant.now()).name())
        .isEqualTo(REGISTRAR + "2");
    assertThat(before.isServed()).isTrue();
  }

  @Test
  void resumedSessionsKeepTheirName() throws Exception {
    Endpoint endpoint = listen(TcpOptions.defaults());
    SSLSession first = sessionAfterAnAnswer(endpoint);
    SSLSession second = sessionAfterAnAnswer(endpoint);
    // What is resumed has the time of its first handshake.
    assertThat(second.getCreationTime()).isEqualTo(first.getCreationTime());
    for (int i = 0; i < 2; i++) {
      assertThat(engine.await(Input.AssociationUp.class).identity().name()).isEqualTo(ELEMENT);
    }
  }

  private SSLSession sessionAfterAnAnswer(Endpoint endpoint) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            element
                .context()
                .getSocketFactory()
                .createSocket(endpoint.hosts().getFirst(), endpoint.port());
    socket.setSoTimeout((int) Duration.ofSeconds(PATIENCE_S).toMillis());
    try (Peer peer = Peer.of(socket)) {
      // The ticket comes before the answer.
      assertThat(peer.isServed()).isTrue();
      return socket.getSession();
    }
  }
}
