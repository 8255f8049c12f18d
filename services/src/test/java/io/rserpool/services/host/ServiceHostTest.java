package io.rserpool.services.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.ListenFailedException;
import io.rserpool.client.Pool;
import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.SessionOptions;
import io.rserpool.client.Subscription;
import io.rserpool.client.UnknownPoolException;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.Services;
import io.rserpool.services.TestRegistrar;
import io.rserpool.services.fractal.FractalMessage;
import io.rserpool.services.stream.StreamService;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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

  /// A service that does what the test says.
  private record Scripted(Behaviour behaviour) implements Service {
    interface Behaviour {
      void serve(ServiceSession session) throws IOException;
    }

    @Override
    public String label() {
      return "scripted";
    }

    @Override
    public PoolHandle defaultPool() {
      return POOL;
    }

    @Override
    public void serve(ServiceSession session) throws IOException {
      behaviour.serve(session);
    }
  }

  @Test
  void builtInServicesAreFoundByName() {
    for (String name : Services.names()) {
      assertThat(Services.named(name).label()).isEqualTo(name);
    }
    assertThat(Services.names())
        .containsExactly(
            "echo", "discard", "daytime", "chargen", "pingpong", "calculation", "fractal");
    assertThatThrownBy(() -> Services.named("ping"))
        .hasMessage(
            "a service is one of echo, discard, daytime, chargen, pingpong, calculation, fractal,"
                + " but this is 'ping'");
  }

  @Test
  void echoIsServedThroughThePool() {
    try (ServiceHost _ = host(StreamService.ECHO);
        PoolSession session = user.connect(POOL)) {
      session.send(new byte[] {1, 2, 3});
      byte[] answer = new byte[3];
      int count = 0;
      while (count < 3) {
        byte[] part = new byte[3];
        int n = session.receive(part);
        System.arraycopy(part, 0, answer, count, n);
        count += n;
      }
      assertThat(answer).containsExactly(1, 2, 3);
    }
  }

  @Test
  void daytimeIsOneLineAndAnOrderlyEnd() {
    SessionOptions options = SessionOptions.builder().endsOrderly(true).build();
    try (ServiceHost _ = host(StreamService.DAYTIME);
        PoolSession session = user.connect(POOL, options)) {
      StringBuilder text = new StringBuilder();
      byte[] buffer = new byte[100];
      for (int n = session.receive(buffer); n >= 0; n = session.receive(buffer)) {
        text.append(new String(buffer, 0, n, StandardCharsets.US_ASCII));
      }
      assertThat(text.toString())
          .matches(Pattern.compile("\\w+, \\d\\d-\\w+-\\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{6}\n"));
    }
  }

  @Test
  void discardTakesEverythingAndSaysNothing() throws IOException {
    try (ServiceHost host = host(StreamService.DISCARD);
        Socket socket = call(host)) {
      write(socket, "x".repeat(1_000_000));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void chargenFillsWhateverIsRead() throws IOException {
    try (ServiceHost host = host(StreamService.CHARGEN);
        Socket socket = call(host)) {
      byte[] bytes = socket.getInputStream().readNBytes(100_000);
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] != 30 + i % 1_024 % 98) {
          throw new AssertionError("wrong byte at " + i);
        }
      }
    }
  }

  @Test
  void usersBeyondTheLimitAreTurnedAwayAndThoseWithinAreServed() throws IOException {
    HostOptions options = HostOptions.builder(POOL).maxSessions(1).build();
    try (ServiceHost host = ServiceHost.start(registrar.scope(), StreamService.ECHO, options);
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
        new Scripted(session -> {
          if (session.receive() instanceof SessionInput.Data(UserMessage message)) {
            if (message.bytes()[0] == 'x') {
              throw new IllegalStateException("a mistake of the service");
            }
            session.send(message);
          }
        });
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
        new Scripted(session -> {
          try {
            StreamService.CHARGEN.serve(session);
          } finally {
            ended.add("ended");
          }
        });
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
    try (ServiceHost host = ServiceHost.start(registrar.scope(), StreamService.ECHO, options);
        Socket silent = call(host)) {
      assertThatThrownBy(() -> silent.getInputStream().read())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void garbageForAFractalServerEndsItsSessionOnly() throws IOException {
    try (ServiceHost host = host(Services.named("fractal"));
        Socket garbage = call(host);
        Socket tooLarge = call(host);
        Socket good = call(host)) {
      write(garbage, "GET / HTTP/1.1\r\n\r\n");
      assertThatThrownBy(() -> garbage.getInputStream().read()).isInstanceOf(IOException.class);
      tooLarge
          .getOutputStream()
          .write(new FractalMessage.Parameter(65_537, 1, 1, 1, 0, 0, 1, 1, 2).encode());
      assertThatThrownBy(() -> tooLarge.getInputStream().read()).isInstanceOf(IOException.class);
      good.getOutputStream()
          .write(new FractalMessage.Parameter(1, 1, 10, 1, 0, 0, 1, 1, 2).encode());
      byte[] answer = good.getInputStream().readNBytes(20 + 16);
      byte[] end = FractalMessage.Data.FINALIZER.encode();
      assertThat(answer).startsWith(new FractalMessage.Data(0, 0, new int[] {10}).encode());
      assertThat(answer).endsWith(end);
    }
  }

  @Test
  void loadFollowsTheSessions() throws Exception {
    HostOptions options =
        HostOptions.builder(POOL).maxSessions(4).policy(new Policy.LeastUsed(0)).build();
    BlockingQueue<Pool> changes = new LinkedBlockingQueue<>();
    try (ServiceHost host = ServiceHost.start(registrar.scope(), StreamService.ECHO, options);
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
    ServiceHost host = host(StreamService.ECHO);
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
    ServiceHost host = host(StreamService.ECHO);
    try (Socket socket = call(host)) {
      write(socket, "1");
      assertThat(read(socket, 1)).isEqualTo("1");
      user.drain(POOL, host.element().elementId());
      write(socket, "2");
      assertThat(read(socket, 1)).isEqualTo("2");
    }
    assertThat(host.awaitEnd(LIMIT)).isTrue();

    ServiceHost other = host(StreamService.ECHO);
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
    ServiceHost host = host(StreamService.ECHO);
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
    try (ServiceHost host = host(StreamService.ECHO)) {
      HostOptions options = HostOptions.builder(POOL).port(host.port()).build();
      assertThatThrownBy(() -> ServiceHost.start(registrar.scope(), StreamService.ECHO, options))
          .isInstanceOf(ListenFailedException.class)
          .hasMessageContaining(String.valueOf(host.port()));
    }
  }
}
