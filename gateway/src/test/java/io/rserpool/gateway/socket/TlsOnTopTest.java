package io.rserpool.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rserpool.client.PoolElement;
import io.rserpool.client.Registration;
import io.rserpool.gateway.TestPool;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS over a socket of a pool, as drivers lay it on top: the certificate names the pool.
@Timeout(60)
class TlsOnTopTest {
  private static final String HOST = "Safe.pool.rserpool";
  private static final char[] PASSWORD = "for this test only".toCharArray();

  @TempDir private Path folder;

  private final TestPool pool = new TestPool("Safe", 0);
  private SSLContext context;
  private SSLServerSocket server;
  private PoolElement element;

  @BeforeEach
  void begin() throws Exception {
    context = context();
    server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::serve);
    element =
        PoolElement.register(pool.scope(), Registration.of(pool.handle(), server.getLocalPort()));
  }

  @AfterEach
  void end() throws IOException {
    server.close();
    element.close();
    pool.close();
  }

  private SSLContext context() throws IOException, InterruptedException, GeneralSecurityException {
    Path file = folder.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=dns:" + HOST,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(told).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    SSLContext ready = SSLContext.getInstance("TLSv1.3");
    ready.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return ready;
  }

  private void serve() {
    try {
      while (true) {
        Socket user = server.accept();
        Thread.ofVirtual().start(() -> echo(user));
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private static void echo(Socket user) {
    try (user) {
      user.getInputStream().transferTo(user.getOutputStream());
    } catch (IOException _) {
      // The user did not like the certificate.
    }
  }

  private SSLSocket connect(String nameToVerify) throws IOException {
    Socket plain = new PoolSocketFactory(pool.scope()).createSocket(HOST, 1);
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, nameToVerify, plain.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  @Test
  void bytesGoBothWaysAndTheNameOfThePoolIsVerified() throws IOException {
    try (SSLSocket socket = connect(HOST)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("hello");
    }
  }

  @Test
  void anotherNameIsRefused() throws IOException {
    try (SSLSocket socket = connect("Other.pool.rserpool")) {
      assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(socket::startHandshake);
    }
  }
}
