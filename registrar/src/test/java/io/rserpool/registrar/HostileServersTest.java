package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.rserpool.client.PoolElement;
import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.client.host.HostOptions;
import io.rserpool.client.host.ServiceHost;
import io.rserpool.client.host.SessionInput;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Seeds;
import io.rserpool.wire.WireForm;
import io.rserpool.wire.session.Frame;
import io.rserpool.wire.session.Preamble;
import io.rserpool.wire.session.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nonsense within TLS to those who are no registrars: to elements by their users, and to elements and
/// users by a registrar of the scope.
@Timeout(120)
final class HostileServersTest {

  private static final int CONVERSATIONS = 100;
  private static final int REGISTRARS = 10;
  private static final PoolHandle SERVED = PoolHandle.of("served");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path directory;

  private RecordedLog log;
  private AttackedScope scope;

  @BeforeEach
  void start() {
    log = RecordedLog.start(Level.INFO);
    scope = AttackedScope.start(directory);
  }

  @AfterEach
  void stop() throws Exception {
    scope.end();
    log.close();
  }

  /// What is done with one seed.
  private interface Attack {
    void mount(HostileBytes bytes, RandomGenerator random) throws Exception;
  }

  private void each(int count, Attack attack) throws Exception {
    long first = Seeds.first();
    byte[] plausible =
        new AsapCodec(WireForm.STANDARD)
            .encode(
                new AsapEndpointKeepAlive(
                    ServerId.of(0xbad), true, AttackedScope.POOL, ElementId.NONE));
    try {
      for (long seed = first; seed < first + count; seed++) {
        RandomGenerator random = new SplittableRandom(seed);
        attack.mount(new HostileBytes(random, List.of(plausible)), random);
        assertThat(log.uncaught()).isEmpty();
      }
      scope.assertElementStayed();
      assertThat(log.lines(line -> line.getLevel() == Level.ERROR)).isEmpty();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          Seeds.replay(first, "registrar", HostileServersTest.class) + "\n" + e.getMessage(), e);
    }
  }

  @Test
  void nonsenseToAServerOfSessions() throws Exception {
    HostOptions options =
        HostOptions.builder(SERVED)
            .transport(TransportAddress.Kind.TCP, TransportUse.DATA_PLUS_CONTROL)
            .build();
    TlsOptions user = scope.stage().issue("user", "babbler");
    try (ServiceHost host =
            ServiceHost.start(
                scope.scope("element", "served-1"),
                session -> {
                  while (session.receive() instanceof SessionInput.Data(UserMessage message)) {
                    session.send(message);
                  }
                },
                options);
        PoolUser honest = PoolUser.open(scope.scope("user", "honest"));
        PoolSession session = honest.connect(SERVED)) {
      Endpoint service = Endpoint.of(Endpoint.Scheme.TLS, Caller.HERE, host.port());
      each(
          CONVERSATIONS,
          (bytes, random) -> {
            babble(service, random.nextBoolean() ? user : TlsOptions.OFF, bytes, random);
            if (random.nextInt(10) == 0) {
              assertThat(ask(session, "still there?")).isEqualTo("still there?");
            }
          });
      assertThat(session.element().elementId()).isEqualTo(host.element().elementId());
      AttackedScope.awaitUntil(() -> host.sessions() == 1);
    }
  }

  private void babble(
      Endpoint service, TlsOptions user, HostileBytes bytes, RandomGenerator random) {
    try (Caller caller =
        user.isOn()
            ? Caller.call(service, user)
            : Caller.call(service, scope.stage().believing(), Caller.HERE)) {
      if (random.nextInt(8) > 0) {
        caller.say(Preamble.encode(Side.USER));
      }
      for (byte[] record : bytes.records()) {
        switch (random.nextInt(4)) {
          case 0 -> caller.say(record);
          case 1 -> caller.say(bytes.changed(new Frame(Frame.CONTROL, record).encode()));
          case 2 -> caller.say(new Frame(random.nextInt(14), record).encode());
          default -> caller.say(new Frame(Frame.CONTROL, record).encode());
        }
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException _) {
      // Hung up on, or more than a frame can hold.
    }
  }

  private static String ask(PoolSession session, String question) {
    session.send(question.getBytes(StandardCharsets.UTF_8));
    return new String(
        session.receiveMessage(PATIENCE).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  /// Whatever the first registrar says, and however often it is called again: calls come to an end, and
  /// what is not understood leads to the other registrar.
  @Test
  void nonsenseByARegistrar() throws Exception {
    TlsOptions babbler = scope.stage().issue("registrar", "babbler");
    each(
        REGISTRARS,
        (bytes, random) -> {
          try (Impostor registrar = new Impostor(babbler, bytes::records)) {
            List<Endpoint> listed =
                List.of(registrar.endpoint(), scope.registrar().asap().getFirst());
            Scope misled = Scope.of(listed).withCallTimeout(PATIENCE);
            try (PoolUser user =
                PoolUser.open(misled.withTls(scope.stage().issue("user", "misled")))) {
              assertThat(user.resolve(AttackedScope.POOL).elements())
                  .extracting(PoolElementParameter::elementId)
                  .contains(scope.elementId());
            }
            try (PoolElement element =
                PoolElement.register(
                    misled.withTls(scope.stage().issue("element", "misled-" + random.nextInt())),
                    Registration.of(PoolHandle.of("misled"), 7_779))) {
              assertThat(element.elementId().isNone()).isFalse();
            } catch (RSerPoolException e) {
              assertThat(e).hasMessageContaining("misled");
            }
            assertThat(registrar.calls()).isPositive();
          }
        });
  }
}
