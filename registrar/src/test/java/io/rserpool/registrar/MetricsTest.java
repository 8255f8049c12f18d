package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapRegistration;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The metrics of a running secured registrar, read as others would.
@Timeout(60)
final class MetricsTest {

  private static final String GET = "GET /metrics HTTP/1.1\r\nHost: here\r\n";

  @TempDir Path directory;

  private final HttpClient client = HttpClient.newHttpClient();
  private AttackedScope scope;

  @BeforeEach
  void start() {
    scope =
        AttackedScope.start(
            directory,
            config -> config.withMetrics(List.of(RegistrarConfig.metricsAddress("127.0.0.1:0"))));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    scope.end();
  }

  private Endpoint metrics() {
    return scope.registrar().metrics().getFirst();
  }

  private HttpResponse<String> get(String path, String accept)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + RegistrarConfig.text(metrics()) + path))
            .header("Accept", accept)
            .timeout(Duration.ofSeconds(20))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /// The value of a series, or nothing if there is no such one.
  private Optional<Double> value(String series) throws IOException, InterruptedException {
    return get("/metrics", "*/*")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst();
  }

  /// Waits until a series has that value: the status is up to a second old.
  private void await(String series, double wanted) throws Exception {
    while (!value(series).equals(Optional.of(wanted))) {
      if (Thread.interrupted()) {
        throw new InterruptedException(series + " is not " + wanted);
      }
    }
  }

  @Test
  void whatHappensIsCounted() throws Exception {
    assertThat(value("rserpool_registrations_total{kind=\"new\"}")).contains(1.0);
    assertThat(value("rserpool_pools")).contains(1.0);
    assertThat(value("rserpool_serving")).contains(1.0);
    assertThat(value("rserpool_registrations_refused_total{cause=\"Inconsistent Pooling Policy\"}"))
        .contains(0.0);

    Caller user = scope.call("user", "someone");
    assertThat(AttackedScope.register(user, ElementId.of(5))).isNotEmpty();
    await(
        "rserpool_registrations_refused_total"
            + "{cause=\"Rejected Due to Security Considerations\"}",
        1);
    await("rserpool_messages_received_total{type=\"ASAP_REGISTRATION\"}", 2);
    await("rserpool_associations", 3);

    scope.stage().call(scope.registrar(), TlsOptions.OFF).say(new byte[64]);
    await("rserpool_tls_handshakes_failed_total{reason=\"no_tls\"}", 1);

    Caller element = scope.call("element", "echo-2");
    assertThat(AttackedScope.register(element, ElementId.of(2))).isEmpty();
    element.close();
    await("rserpool_elements_removed_total{source=\"transport\"}", 1);
    await("rserpool_elements", 1);
    Caller silent = scope.call("element", "echo-3");
    assertThat(AttackedScope.register(silent, ElementId.of(3))).isEmpty();
    await("rserpool_elements_removed_total{source=\"keep-alive\"}", 1);

    Caller liar =
        scope.stage().callAsRegistrar(scope.registrar(), scope.stage().issue("user", "u"));
    liar.awaitEnd();
    await("rserpool_unauthorised_total{wanted=\"call_enrp\"}", 1);
    scope.assertElementStayed();
  }

  @Test
  void theEndOfTheCertificateIsTold() throws Exception {
    TlsOptions tls = scope.config().security().tls();
    assertThat(
            value(
                "rserpool_tls_certificate_not_after_seconds"
                    + "{name=\"rserpool://test/registrar/r1\"}"))
        .contains((double) tls.credentials().validUntil().getEpochSecond());
    assertThat(value("rserpool_tls_certificate_renewals_total{result=\"used\"}")).contains(0.0);
  }

  @Test
  void policiesAreCountedAndSoAreTheirMistakes() throws Exception {
    Path policy = directory.resolve("policy.yaml");
    Files.writeString(policy, "rules: []\n");
    SecureStage stage = scope.stage();
    RegistrarConfig config =
        stage.config("r2").withMetrics(List.of(RegistrarConfig.metricsAddress("127.0.0.1:0")));
    Registrar second =
        stage.start(config.withSecurity(config.security().withPolicy(policy)), _ -> {});
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://" + RegistrarConfig.text(second.metrics().getFirst()) + "/metrics"))
            .build();
    Files.writeString(policy, "rulse: []\n");
    String text = "";
    while (!text.contains("rserpool_policy_reloads_total{result=\"failed\"} 1.0")) {
      text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
    Files.writeString(policy, "rules: []\n# the same again\n");
    while (!text.contains("rserpool_policy_reloads_total{result=\"applied\"} 1.0")) {
      text = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Test
  void theReaderSaysWhichFormatHeUnderstands() throws Exception {
    HttpResponse<String> plain = get("/metrics", "text/plain;version=0.0.4");
    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(plain.body()).doesNotContain("# EOF");
    HttpResponse<String> open =
        get("/metrics?x=1", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    assertThat(open.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text; version=1.0.0");
    assertThat(open.body()).endsWith("# EOF\n").contains("rserpool_pools 1.0\n");
  }

  /// A peer's words are no labels, however many there are.
  @Test
  void thereAreAsManySeriesBeforeAnAttackAsAfterIt() throws Exception {
    long before = get("/metrics", "*/*").body().lines().count();
    Caller user = scope.call("user", "inventor");
    for (int i = 0; i < 500; i++) {
      PoolHandle invented = PoolHandle.of("invented-" + i);
      user.say(
          new AsapRegistration(
              invented,
              AttackedScope.element(
                  ElementId.of(i + 1), ServerId.NONE, Policy.RoundRobin.INSTANCE)));
      user.say(new AsapHandleResolution(invented, true, 0));
      user.hear(AsapHandleResolutionResponse.class);
    }
    String after = get("/metrics", "*/*").body();
    assertThat(after.lines().count()).isEqualTo(before);
    assertThat(after).doesNotContain("invented", "inventor");
  }

  private String say(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), metrics().port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void whatIsNoGoodRequestIsRefused() throws Exception {
    assertThat(say("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(say("GET /metrics HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(say("GET /metrics HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(say("\0\u00ff\u00fe\u0001\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(say("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 404 ");
    assertThat(say("GET /metrics/../x HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 404 ");
    for (String method : List.of("POST", "PUT", "DELETE", "HEAD", "OPTIONS", "BREW")) {
      assertThat(say(method + " /metrics HTTP/1.1\r\nHost: a\r\n\r\n"))
          .startsWith("HTTP/1.1 405 ")
          .contains("\r\nallow: GET\r\n");
    }
    assertThat(say(GET + "Content-Length: 5\r\n\r\nhello")).startsWith("HTTP/1.1 413 ");
    assertThat(say(GET + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(say("GET /" + "x".repeat(2_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ");
    assertThat(say(GET + "X: " + "x".repeat(10_000) + "\r\n\r\n")).startsWith("HTTP/1.1 431 ");
    // One answer, whatever else was asked.
    assertThat(say((GET + "\r\n").repeat(3)).split("HTTP/1.1 200 ")).hasSize(2);
    scope.assertUnharmed();
  }

  @Test
  void whoHoldsConnectionsHoldsUpNobody() throws Exception {
    List<Socket> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), metrics().port());
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(GET.getBytes(StandardCharsets.ISO_8859_1), 0, 10);
      held.add(socket);
    }
    scope.assertUnharmed();
    // All of them are hung up on by and by, and then there is room again.
    for (Socket socket : held) {
      assertThat(endOf(socket)).isTrue();
      socket.close();
    }
    assertThat(value("rserpool_elements")).contains(1.0);
  }

  private static boolean endOf(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  @Test
  void whoIsClosedGivesThePortBack() throws Exception {
    int port = metrics().port();
    scope.registrar().close();
    try (ServerSocket again = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(again.isBound()).isTrue();
    }
  }

  @Test
  void metricsAreReadOnThisMachineOnlyUnlessThatIsWanted() {
    RegistrarConfig exposed =
        scope
            .stage()
            .config("r2")
            .withMetrics(List.of(RegistrarConfig.metricsAddress("0.0.0.0:0")));
    assertThatThrownBy(() -> Registrar.start(exposed))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("metrics: cannot listen at 0.0.0.0:0", "insecure");
    try (Registrar wanted =
        Registrar.start(exposed.withSecurity(exposed.security().allowingInsecure()))) {
      assertThat(wanted.metrics()).hasSize(1);
    }
  }

  @Test
  void aTakenPortIsNamed() {
    RegistrarConfig taken = scope.stage().config("r2").withMetrics(List.of(metrics()));
    assertThatThrownBy(() -> Registrar.start(taken))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("metrics: cannot listen at 127.0.0.1:" + metrics().port());
  }
}
