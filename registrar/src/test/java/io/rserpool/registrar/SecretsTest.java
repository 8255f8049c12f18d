package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import io.rserpool.client.CallTimeoutException;
import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.client.host.CookieKeyFile;
import io.rserpool.client.host.Cookies;
import io.rserpool.client.host.HostOptions;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceHost;
import io.rserpool.client.host.SessionInput;
import io.rserpool.engine.Event;
import io.rserpool.net.NetEvent;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nothing secret is told: no key, no cookie and nothing of what users and servers say to each other is
/// in a log, an event, a status, a metric or the text of an exception, at the most detailed level.
@Timeout(60)
final class SecretsTest {

  private static final String PAYLOAD =
      "swordfish: what the user says to his server, and nobody else";
  private static final String COOKIE =
      "open sesame: what a server remembers of its user, and nobody else";
  private static final PoolHandle SERVED = PoolHandle.of("served");
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int TRIES = 10;

  @TempDir Path directory;

  private final Secrets secrets = new Secrets();
  private final List<String> said = new ArrayList<>();
  private RecordedLog log;
  private AttackedScope scope;

  @BeforeEach
  void start() {
    log = RecordedLog.start(Level.TRACE);
    scope =
        AttackedScope.start(
            directory,
            config -> config.withMetrics(List.of(RegistrarConfig.metricsAddress("127.0.0.1:0"))));
    secrets.addText(PAYLOAD, "a payload");
    secrets.addText(COOKIE, "a cookie");
  }

  @AfterEach
  void stop() throws Exception {
    scope.end();
    log.close();
  }

  private void tell(Object object) {
    said.add(String.valueOf(object));
  }

  private void tell(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    said.add(text.toString());
  }

  /// All keys that were issued, and all that was told.
  private void assertNothingIsTold() throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        if (file.endsWith("key.pem")) {
          secrets.addKey(file);
        }
      }
    }
    assertThat(secrets.size()).isGreaterThan(100);
    List<String> lines = log.lines(_ -> true);
    assertThat(lines).as("what was logged").anyMatch(line -> line.startsWith("DEBUG"));
    said.addAll(lines);
    for (Event event : scope.history()) {
      tell(event);
      tell(event.describe());
    }
    tell(scope.registrar().status());
    tell(scope.config());
    tell(scope.config().security().tls().credentials());
    tell(
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://"
                                + RegistrarConfig.text(scope.registrar().metrics().getFirst())
                                + "/metrics"))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
    for (String text : said) {
      assertThat(secrets.in(text)).as(text).isEmpty();
    }
  }

  /// Sends a cookie with each answer, as servers of long conversations do.
  private static Service remembering() {
    return session -> {
      while (true) {
        SessionInput input = session.receive();
        if (input == SessionInput.End.END) {
          return;
        }
        if (input instanceof SessionInput.Data(UserMessage message)) {
          session.sendCookie(COOKIE.getBytes(StandardCharsets.UTF_8));
          session.send(message);
        }
      }
    };
  }

  @Test
  void aSessionThatMovesFromOneServerToAnotherTellsNothing() throws Exception {
    Path keys = directory.resolve("cookie.keys");
    tell(CookieKeyFile.create(keys));
    secrets.addCookieKeys(keys);
    HostOptions options =
        HostOptions.builder(SERVED)
            .transport(TransportAddress.Kind.TCP, TransportUse.DATA_PLUS_CONTROL)
            .cookies(Cookies.sealed(CookieKeyFile.open(keys)))
            .build();
    tell(options);
    SecureStage stage = scope.stage();
    ServiceHost first =
        stage.closing(
            ServiceHost.start(scope.scope("element", "served-1"), remembering(), options));
    try (PoolUser user = PoolUser.open(scope.scope("user", "owner"));
        PoolSession session = user.connect(SERVED)) {
      ask(session);
      tell(session);
      ServiceHost second =
          stage.closing(
              ServiceHost.start(scope.scope("element", "served-2"), remembering(), options));
      first.close();
      ask(session);
      assertThat(session.element().elementId()).isEqualTo(second.element().elementId());
      tell(session.card());
      tell(second);
      tell(second.element());
    }
    assertNothingIsTold();
  }

  /// Asks again if the question was lost with its server.
  private static void ask(PoolSession session) {
    byte[] question = PAYLOAD.getBytes(StandardCharsets.UTF_8);
    for (int tries = 0; tries < TRIES; tries++) {
      session.send(question);
      try {
        assertThat(session.receiveMessage(PATIENCE).orElseThrow().bytes()).isEqualTo(question);
        return;
      } catch (CallTimeoutException _) {
        // Once more.
      }
    }
    throw new AssertionError("no server has answered");
  }

  @Test
  void whatIsRefusedTellsNothing() throws Exception {
    Caller user = scope.call("user", "someone");
    assertThat(AttackedScope.register(user, ElementId.of(5))).isNotEmpty();
    user.sayBelowTls(PAYLOAD.getBytes(StandardCharsets.UTF_8));
    user.awaitEnd();
    Caller plain = scope.stage().call(scope.registrar(), TlsOptions.OFF);
    plain.say(PAYLOAD.getBytes(StandardCharsets.UTF_8));
    plain.awaitEnd();
    tell(
        catchThrowable(
            () -> scope.stage().call(scope.registrar(), scope.stage().forge("element", "echo-1"))));
    assertNothingIsTold();
  }

  /// Key files that are broken in all ways: whoever reads them says what is wrong, and nothing of them.
  @Test
  void brokenFilesTellNothing() throws Exception {
    TlsOptions _ = scope.stage().issue("user", "a");
    Path whole = scope.stage().newest();
    TlsOptions _ = scope.stage().issue("user", "b");
    Path other = scope.stage().newest();
    List<String> lines = Files.readAllLines(whole.resolve("key.pem"));
    String key = String.join("\n", lines);
    int middle = key.indexOf('\n') + 20;
    for (String broken :
        List.of(
            key.substring(0, middle) + "?" + key.substring(middle + 1),
            key.substring(0, middle) + key.substring(middle + 9),
            key.replace("-----BEGIN PRIVATE KEY-----", ""),
            key.replace("PRIVATE KEY", "EC PRIVATE KEY"),
            key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
            lines.get(1),
            Files.readString(other.resolve("key.pem")))) {
      Path folder = Files.createDirectory(directory.resolve("broken-" + said.size()));
      Files.copy(whole.resolve("certificate.pem"), folder.resolve("certificate.pem"));
      Files.copy(whole.resolve("authority.pem"), folder.resolve("authority.pem"));
      Files.writeString(folder.resolve("key.pem"), broken);
      Throwable thrown = catchThrowable(() -> TlsCredentials.load(folder));
      assertThat(thrown).as(broken).isNotNull();
      tell(thrown);
      Files.delete(folder.resolve("key.pem"));
    }
    Path keys = directory.resolve("cookie.keys");
    tell(CookieKeyFile.create(keys));
    secrets.addCookieKeys(keys);
    String good = Files.readString(keys).strip();
    for (String broken :
        List.of(good.substring(0, 20), good + "x", good.replace(" ", ""), good + "\n" + good)) {
      Files.writeString(keys, broken);
      tell(catchThrowable(() -> CookieKeyFile.open(keys)));
    }
    Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
    tell(catchThrowable(() -> CookieKeyFile.open(keys)));
    assertNothingIsTold();
  }

  /// A key that others can read is complained of when a registrar is started with it.
  @Test
  void aKeyThatOthersCanReadIsComplainedOf() throws Exception {
    assertThat(complaints("rw-------")).isEmpty();
    assertThat(complaints("rw-r-----"))
        .singleElement()
        .asString()
        .contains(
            "private key " + scope.stage().newest().resolve("key.pem"), "rw-r-----", "chmod 600");
    assertNothingIsTold();
  }

  private List<String> complaints(String permissions) throws IOException {
    RegistrarConfig config = scope.stage().config("r9");
    Files.setPosixFilePermissions(
        scope.stage().newest().resolve("key.pem"), PosixFilePermissions.fromString(permissions));
    List<Event> events = new CopyOnWriteArrayList<>();
    Registrar registrar = scope.stage().start(config, events::add);
    // Its own thread has told all of its start when it answers.
    tell(registrar.status());
    return events.stream()
        .filter(NetEvent.KeyExposed.class::isInstance)
        .map(Event::describe)
        .toList();
  }

  /// The search itself finds what it looks for, whichever way it is written.
  @Test
  void whatWasToldWouldBeFound() throws Exception {
    TlsOptions _ = scope.stage().issue("user", "a");
    Path pem = scope.stage().newest().resolve("key.pem");
    secrets.addKey(pem);
    assertThat(secrets.in("x " + Files.readAllLines(pem).get(1))).isPresent();
    byte[] bytes = PAYLOAD.getBytes(StandardCharsets.UTF_8);
    assertThat(secrets.in(HexFormat.of().formatHex(bytes))).contains("a payload");
    assertThat(secrets.in(Arrays.toString(bytes))).contains("a payload");
    for (int shift = 0; shift < 3; shift++) {
      byte[] text = ("abc".substring(shift) + PAYLOAD).getBytes(StandardCharsets.UTF_8);
      assertThat(secrets.in(Base64.getEncoder().encodeToString(text))).contains("a payload");
    }
    assertThat(secrets.in("anything else")).isEmpty();
  }
}
