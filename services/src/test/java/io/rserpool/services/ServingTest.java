package io.rserpool.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.SessionOptions;
import io.rserpool.client.TestRegistrar;
import io.rserpool.client.host.HostOptions;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceHost;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.fractal.FractalMessage;
import io.rserpool.services.stream.StreamService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ServingTest {

  private static final PoolHandle POOL = PoolHandle.of("TestPool");

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

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void builtInServicesAreFoundByName() {
    for (String name : Services.names()) {
      assertThat(Services.named(name).label()).isEqualTo(name);
      assertThat(Services.pool(name).toString()).endsWith("Pool");
      assertThat(Services.usesCookies(name))
          .isEqualTo(List.of("pingpong", "calculation", "fractal").contains(name));
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
}
