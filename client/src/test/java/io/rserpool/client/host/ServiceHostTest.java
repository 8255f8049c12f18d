package io.rserpool.client.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.ListenFailedException;
import io.rserpool.client.Pool;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Subscription;
import io.rserpool.client.TestRegistrar;
import io.rserpool.client.UnknownPoolException;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ServiceHostTest {

  private static final PoolHandle POOL = PoolHandle.of("TestPool");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private TestRegistrar registrar;
  private PoolUser user;

  @BeforeEach
  void start() {
    registrar = TestRegistrar.start();
    user = PoolUser.open(registrar.scope());
  }

  @AfterEach
  void stop() {
    user.close();
    registrar.close();
  }

  private ServiceHost host(Service service) {
    return ServiceHost.start(registrar.scope(), service, HostOptions.builder(POOL).build());
  }

  private static Socket call(ServiceHost host) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String read(Socket socket, int count) throws IOException {
    return new String(socket.getInputStream().readNBytes(count), StandardCharsets.US_ASCII);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static final Service ECHO =
      session -> {
        while (session.receive() instanceof SessionInput.Data(UserMessage message)) {
          session.send(message);
        }
      };

  private static final Service CHARGEN =
      session -> {
        while (!session.isEnding()) {
          session.send(new byte[1_024]);
        }
      };

  @Test
  void usersBeyondTheLimitAreTurnedAwayAndThoseWithinAreServed() throws IOException {
    HostOptions options = HostOptions.builder(POOL).maxSessions(1).build();
    try (ServiceHost host = ServiceHost.start(registrar.scope(), ECHO, options);
        Socket first = call(host)) {
      write(first, "1");
      assertThat(read(first, 1)).isEqualTo("1");
      try (Socket second = call(host)) {
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(host.sessions()).isEqualTo(1);
      write(first, "2");
      assertThat(read(first, 1)).isEqualTo("2");
    }
  }

  @Test
  void serviceThatFailsForOneUserServesTheOthers() throws IOException {
    Service moody =
        session -> {
          if (session.receive() instanceof SessionInput.Data(UserMessage message)) {
            if (message.bytes()[0] == 'x') {
              throw new IllegalStateException("a mistake of the service");
            }
            session.send(message);
          }
        };
    try (ServiceHost host = host(moody);
        Socket bad = call(host);
        Socket good = call(host)) {
      write(bad, "x");
      assertThatThrownBy(() -> bad.getInputStream().read()).isInstanceOf(IOException.class);
      write(good, "y");
      assertThat(read(good, 1)).isEqualTo("y");
    }
  }

  @Test
  void userWhoNeverReadsLosesItsSessionAndNobodyElseDoes() throws Exception {
    HostOptions options = HostOptions.builder(POOL).sendTimeout(Duration.ofMillis(100)).build();
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    Service generator =
        session -> {
          try {
            CHARGEN.serve(session);
          } finally {
            ended.add("ended");
          }
        };
    try (ServiceHost host = ServiceHost.start(registrar.scope(), generator, options);
        Socket deaf = call(host);
        Socket reading = call(host)) {
      byte[] buffer = new byte[100_000];
      while (ended.isEmpty()) {
        assertThat(reading.getInputStream().read(buffer)).isPositive();
      }
      assertThat(ended).hasSize(1);
      assertThat(deaf.isConnected()).isTrue();
      assertThat(reading.getInputStream().read(buffer)).isPositive();
    }
  }

  @Test
  void silentUserIsEndedAfterTheIdleTimeout() throws IOException {
    HostOptions options = HostOptions.builder(POOL).idleTimeout(Duration.ofMillis(50)).build();
    try (ServiceHost host = ServiceHost.start(registrar.scope(), ECHO, options);
        Socket silent = call(host)) {
      assertThatThrownBy(() -> silent.getInputStream().read())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void loadFollowsTheSessions() throws Exception {
    HostOptions options =
        HostOptions.builder(POOL).maxSessions(4).policy(new Policy.LeastUsed(0)).build();
    BlockingQueue<Pool> changes = new LinkedBlockingQueue<>();
    try (ServiceHost host = ServiceHost.start(registrar.scope(), ECHO, options);
        Subscription _ = user.watch(POOL, changes::add)) {
      try (Socket _ = call(host)) {
        awaitLoad(changes, Policy.fraction(0.25));
      }
      awaitLoad(changes, 0);
    }
  }

  private static void awaitLoad(BlockingQueue<Pool> changes, long load)
      throws InterruptedException {
    Pool pool = changes.poll(10, TimeUnit.SECONDS);
    while (pool != null
        && !pool.elements().getFirst().policy().equals(new Policy.LeastUsed(load))) {
      pool = changes.poll(10, TimeUnit.SECONDS);
    }
    assertThat(pool).as("a pool with load %d", load).isNotNull();
  }

  @Test
  void drainingHostServesItsUserToTheEndAndThenEnds() throws IOException {
    ServiceHost host = host(ECHO);
    try (Socket socket = call(host)) {
      write(socket, "1");
      assertThat(read(socket, 1)).isEqualTo("1");
      host.drain();
      assertThatThrownBy(() -> user.resolve(POOL)).isInstanceOf(UnknownPoolException.class);
      assertThatThrownBy(() -> call(host)).isInstanceOf(ConnectException.class);
      assertThat(host.awaitEnd(Duration.ofMillis(1))).isFalse();
      write(socket, "2");
      assertThat(read(socket, 1)).isEqualTo("2");
    }
    assertThat(host.awaitEnd(LIMIT)).isTrue();
  }

  @Test
  void hostThatIsAskedToDrainOrToLeaveDoesSo() throws IOException {
    ServiceHost host = host(ECHO);
    try (Socket socket = call(host)) {
      write(socket, "1");
      assertThat(read(socket, 1)).isEqualTo("1");
      user.drain(POOL, host.element().elementId());
      write(socket, "2");
      assertThat(read(socket, 1)).isEqualTo("2");
    }
    assertThat(host.awaitEnd(LIMIT)).isTrue();

    ServiceHost other = host(ECHO);
    try (Socket socket = call(other)) {
      write(socket, "1");
      assertThat(read(socket, 1)).isEqualTo("1");
      user.remove(POOL, other.element().elementId());
      assertThat(other.awaitEnd(LIMIT)).isTrue();
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void closedHostIsOutOfItsPoolAndBreaksItsSessions() throws IOException {
    ServiceHost host = host(ECHO);
    try (Socket socket = call(host)) {
      write(socket, "1");
      assertThat(read(socket, 1)).isEqualTo("1");
      host.close();
      host.close();
      assertThat(host.awaitEnd(Duration.ZERO)).isTrue();
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> user.resolve(POOL)).isInstanceOf(UnknownPoolException.class);
    }
  }

  @Test
  void takenPortIsNamed() {
    try (ServiceHost host = host(ECHO)) {
      HostOptions options = HostOptions.builder(POOL).port(host.port()).build();
      assertThatThrownBy(() -> ServiceHost.start(registrar.scope(), ECHO, options))
          .isInstanceOf(ListenFailedException.class)
          .hasMessageContaining(String.valueOf(host.port()));
    }
  }
}
