package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.NoRegistrarException;
import io.rserpool.client.PoolElement;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.client.TestRegistrar;
import io.rserpool.gateway.GatewaySettings;
import io.rserpool.gateway.listen.ListenerOptions;
import io.rserpool.gateway.listen.PoolListener;
import io.rserpool.gateway.socket.PoolSocket;
import io.rserpool.gateway.socket.PoolSocketFactory;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.pki.Role;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Gateway and socket factory in a secured scope: they ask registrars over TLS, and pass on what programs
/// and servers say to each other as it is, plain or with a TLS of their own.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecuredGatewayTest {
  private static final PoolHandle POOL = PoolHandle.of("echo");
  private static final String HOST = "echo.pool.rserpool";
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  private final List<AutoCloseable> open = new ArrayList<>();

  @TempDir private Path directory;
  private ScopePapers papers;
  private TestRegistrar registrar;

  @BeforeEach
  void begin() {
    papers = ScopePapers.make(directory.resolve("pki"), "test");
    registrar = keep(TestRegistrar.start(issue(Role.REGISTRAR, "r1")));
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T keep(T opened) {
    open.add(opened);
    return opened;
  }

  private TlsOptions issue(Role role, String name) {
    try {
      String option = papers.issue(role, name);
      return TlsOptions.of(TlsCredentials.load(Path.of(option.substring(option.indexOf('=') + 1))));
    } catch (TlsException e) {
      throw new AssertionError(e);
    }
  }

  private Scope scope(TlsOptions as) {
    return registrar.scope().withTls(as);
  }

  /// Says what it is to whoever comes, and then what it is told.
  private interface Speaking {
    Socket over(Socket plain) throws IOException;
  }

  /// A server that is an element: it first says its number, then whatever it is told.
  private ServerSocket serve(int number, TlsOptions as, Speaking speaking) throws IOException {
    ServerSocket door = keep(new ServerSocket());
    door.bind(ANY_PORT);
    Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket plain = door.accept();
              Thread.ofVirtual().start(() -> answer(plain, speaking, number));
            }
          } catch (IOException _) {
            // The end of the test.
          }
        });
    PoolElement _ =
        keep(PoolElement.register(scope(as), Registration.of(POOL, door.getLocalPort())));
    return door;
  }

  private static void answer(Socket plain, Speaking speaking, int number) {
    try (plain;
        Socket user = speaking.over(plain)) {
      user.getOutputStream().write(number);
      user.getInputStream().transferTo(user.getOutputStream());
    } catch (IOException _) {
      // The user has hung up.
    }
  }

  private PoolListener listener() throws IOException {
    Scope scope = scope(issue(Role.USER, "gateway"));
    return keep(
        PoolListener.open(
            keep(PoolUser.open(scope)),
            GatewaySettings.of(scope),
            POOL,
            ANY_PORT,
            ListenerOptions.defaults()));
  }

  private static String ask(Socket socket, String question) throws IOException {
    byte[] bytes = question.getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(bytes);
    return new String(socket.getInputStream().readNBytes(bytes.length), StandardCharsets.UTF_8);
  }

  private Socket connect(PoolListener listener) throws IOException {
    InetSocketAddress at = listener.address();
    return keep(new Socket(at.getAddress(), at.getPort()));
  }

  @Test
  void programsReachAPoolOfASecuredScopeAsTheyAre() throws Exception {
    serve(1, issue(Role.ELEMENT, "echo-1"), plain -> plain);
    ServerSocket second = serve(2, issue(Role.ELEMENT, "echo-2"), plain -> plain);
    PoolListener listener = listener();
    PoolSocketFactory factory = new PoolSocketFactory(scope(issue(Role.USER, "program")));
    for (Socket first : List.of(connect(listener), keep(factory.createSocket(HOST, 0)))) {
      Socket other =
          first instanceof PoolSocket ? keep(factory.createSocket(HOST, 0)) : connect(listener);
      assertThat(List.of(first.getInputStream().read(), other.getInputStream().read()))
          .containsExactlyInAnyOrder(1, 2);
      assertThat(ask(first, "as it is")).isEqualTo("as it is");
    }
    second.close();
    for (int i = 0; i < 4; i++) {
      assertThat(connect(listener).getInputStream().read()).isEqualTo(1);
    }
  }

  @Test
  void registrarsAreAskedOverTlsOnly() throws Exception {
    serve(1, issue(Role.ELEMENT, "echo-1"), plain -> plain);
    try (PoolUser plain =
        PoolUser.open(
            Scope.of(registrar.address().replace("tls:", "tcp:")).withTls(TlsOptions.OFF))) {
      assertThatThrownBy(() -> plain.resolve(POOL)).isInstanceOf(NoRegistrarException.class);
    }
    ScopePapers others = ScopePapers.make(directory.resolve("others"), "test");
    String option = others.issue(Role.USER, "stranger", Instant.now());
    TlsOptions stranger =
        TlsOptions.of(TlsCredentials.load(Path.of(option.substring(option.indexOf('=') + 1))));
    PoolSocketFactory factory = new PoolSocketFactory(scope(stranger));
    assertThatThrownBy(() -> factory.createSocket(HOST, 0)).isInstanceOf(IOException.class);
  }

  @Test
  void programsMaySpeakTlsToTheServersThroughIt() throws Exception {
    TlsOptions element = issue(Role.ELEMENT, "echo-1");
    serve(
        7,
        element,
        plain -> {
          SSLSocket secured = element.called(plain);
          secured.startHandshake();
          return secured;
        });
    TlsOptions program = issue(Role.USER, "program");
    PoolSocketFactory factory = new PoolSocketFactory(scope(issue(Role.USER, "factory")));
    for (Socket way : List.of(connect(listener()), keep(factory.createSocket(HOST, 0)))) {
      SSLSocket secured = keep(program.caller(way, "echo", 1));
      secured.startHandshake();
      assertThat(secured.getInputStream().read()).isEqualTo(7);
      assertThat(ask(secured, "between us")).isEqualTo("between us");
      assertThat(TlsCredentials.identityOf(secured.getSession(), Instant.now()).name())
          .isEqualTo("rserpool://test/element/echo-1");
    }
  }
}
