package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.rserpool.engine.Event;
import io.rserpool.engine.registrar.RegistrarEvent;
import io.rserpool.net.NetEvent;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpTakeoverServer;
import io.rserpool.protocol.enrp.UpdateAction;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.Seeds;
import io.rserpool.wire.WireForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nonsense within TLS, by everybody who may come in, and in place of it: a running registrar bears it,
/// goes on serving, takes nothing in that it should not, and logs nothing that needs a person.
@Timeout(120)
final class HostileRecordsTest {

  private static final int CONVERSATIONS = 400;
  private static final int HANDSHAKES = 120;

  @TempDir Path directory;

  private RecordedLog log;
  private AttackedScope scope;
  private List<Supplier<Caller>> speakers;
  private List<byte[]> plausible;
  private int associations;

  @BeforeEach
  void start() throws IOException {
    log = RecordedLog.start(Level.INFO);
    Path policy = directory.resolve("policy.yaml");
    Files.writeString(
        policy,
        """
        rules:
          - who: "rserpool://test/element/echo-1"
            register: ["echo"]
          - who: "rserpool://test/element/babbler"
            register: ["babble"]
          - who: ["rserpool://test/*", "anonymous"]
            resolve: ["*"]
            watch: ["*"]
            report: ["*"]
        """);
    scope =
        AttackedScope.start(
            directory, config -> config.withSecurity(config.security().withPolicy(policy)));
    SecureStage stage = scope.stage();
    Registrar registrar = scope.registrar();
    TlsOptions element = stage.issue("element", "babbler");
    TlsOptions user = stage.issue("user", "babbler");
    TlsOptions peer = stage.issue("registrar", "babbler");
    speakers =
        List.of(
            () -> Caller.call(registrar.asap().getFirst(), element),
            () -> Caller.call(registrar.asap().getFirst(), user),
            () -> Caller.call(registrar.asap().getFirst(), stage.believing(), Caller.HERE),
            () -> Caller.call(registrar.asap().getFirst(), peer),
            () -> Caller.call(registrar.enrp().getFirst(), peer));
    plausible = plausible();
    associations = registrar.status().associations();
  }

  /// What would harm the scope if everybody might say it.
  private List<byte[]> plausible() {
    ElementId victim = scope.elementId();
    ServerId home = scope.registrar().id();
    ElementId id = ElementId.of(0xbad);
    PoolHandle babble = PoolHandle.of("babble");
    PoolElementParameter own = AttackedScope.element(id, ServerId.NONE, Policy.RoundRobin.INSTANCE);
    PoolElementParameter known = AttackedScope.element(victim, home, Policy.RoundRobin.INSTANCE);
    List<AsapMessage> asap =
        List.of(
            new AsapRegistration(AttackedScope.POOL, own),
            new AsapRegistration(AttackedScope.POOL, known),
            new AsapRegistration(babble, own),
            new AsapDeregistration(AttackedScope.POOL, victim),
            new AsapDeregistration(AttackedScope.POOL, victim, LeaveRequest.REMOVE),
            new AsapEndpointKeepAliveAck(AttackedScope.POOL, victim),
            new AsapHandleResolution(AttackedScope.POOL, true, 0));
    List<EnrpMessage> enrp =
        List.of(
            new EnrpHandleUpdate(
                home, ServerId.NONE, UpdateAction.DEL_PE, false, AttackedScope.POOL, known),
            new EnrpHandleUpdate(
                ServerId.of(0xbad), home, UpdateAction.DEL_PE, false, AttackedScope.POOL, known),
            new EnrpHandleTableRequest(ServerId.of(0xbad), home, false),
            new EnrpTakeoverServer(ServerId.of(0xbad), home, home));
    return Stream.concat(
            asap.stream().map(new AsapCodec(WireForm.STANDARD)::encode),
            enrp.stream().map(new EnrpCodec(WireForm.STANDARD)::encode))
        .toList();
  }

  @AfterEach
  void stop() throws Exception {
    scope.end();
    log.close();
  }

  /// What somebody does with bytes.
  private interface Attack {
    void mount(HostileBytes bytes, RandomGenerator random) throws IOException;
  }

  private void each(int count, Attack attack) throws Exception {
    long first = Seeds.first();
    try {
      for (long seed = first; seed < first + count; seed++) {
        RandomGenerator random = new SplittableRandom(seed);
        try {
          attack.mount(new HostileBytes(random, plausible), random);
        } catch (IOException | UncheckedIOException _) {
          // Hung up on.
        }
        assertThat(scope.history()).noneMatch(NetEvent.NodeFailed.class::isInstance);
        assertThat(log.uncaught()).isEmpty();
      }
      assertSound();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          Seeds.replay(first, "registrar", HostileRecordsTest.class) + "\n" + e.getMessage(), e);
    }
  }

  /// Nothing is wrong with the registrar after all that was said to it.
  private void assertSound() throws InterruptedException {
    scope.assertElementStayed();
    AttackedScope.awaitUntil(() -> scope.registrar().status().associations() <= associations);
    assertThat(scope.history()).noneMatch(NetEvent.NodeFailed.class::isInstance);
    assertThat(scope.history())
        .filteredOn(RegistrarEvent.Registered.class::isInstance)
        .allMatch(this::isAuthorised);
    assertThat(log.uncaught()).isEmpty();
    assertThat(
            log.lines(line -> line.getLevel() == Level.ERROR || line.getThrowableProxy() != null))
        .isEmpty();
  }

  private boolean isAuthorised(Event event) {
    return event instanceof RegistrarEvent.Registered(PoolHandle pool, _, String peer)
        && ((peer.contains("element/echo-1") && pool.equals(AttackedScope.POOL))
            || (peer.contains("element/babbler") && pool.equals(PoolHandle.of("babble"))));
  }

  @Test
  void nonsenseByWhoeverMayComeIn() throws Exception {
    each(CONVERSATIONS, this::converse);
  }

  private void converse(HostileBytes bytes, RandomGenerator random) throws IOException {
    try (Caller caller = speakers.get(random.nextInt(speakers.size())).get()) {
      for (byte[] record : bytes.records()) {
        caller.say(record);
      }
      if (random.nextInt(8) == 0) {
        // Below TLS, in the middle of the conversation.
        caller.sayBelowTls(bytes.noise(100));
      }
    }
  }

  @Test
  void nonsenseInsteadOfAHandshake() throws Exception {
    each(HANDSHAKES, this::shakeHands);
    assertThat(scope.history()).anyMatch(NetEvent.HandshakeFailed.class::isInstance);
  }

  private void shakeHands(HostileBytes bytes, RandomGenerator random) throws IOException {
    if (random.nextBoolean()) {
      // A real beginning that is changed, or no beginning at all.
      byte[] hello = scope.stage().hello();
      try (Caller caller = Caller.call(scope.registrar().asap().getFirst(), TlsOptions.OFF)) {
        caller.say(random.nextInt(3) == 0 ? bytes.noise(600) : bytes.changed(hello));
        caller.say(bytes.noise(200));
      }
      return;
    }
    // Anything after the beginning: of the handshake, or of what follows it.
    int at = random.nextInt(3_000);
    try (Eavesdropper ear = new Eavesdropper(scope.registrar().enrp().getFirst(), at);
        Caller caller = Caller.call(ear.endpoint(), scope.stage().issue("registrar", "babbler"))) {
      for (byte[] record : bytes.records()) {
        caller.say(record);
      }
    }
  }
}
