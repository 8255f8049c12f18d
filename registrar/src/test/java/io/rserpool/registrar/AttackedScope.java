package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.PoolElement;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.registrar.AccessEvent;
import io.rserpool.engine.registrar.RegistrarEvent;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// A secured scope that is attacked: a registrar, an element of the client library that has to stay in
/// its pool, and a user who has to be served all the time.
final class AttackedScope {

  static final PoolHandle POOL = PoolHandle.of("echo");

  /// Where the attackers of floods come from; whoever belongs to the scope comes from elsewhere.
  static final String ELSEWHERE = "127.0.0.2";

  private static final IpAddress LOOPBACK = IpAddress.ofBytes(new byte[] {127, 0, 0, 1});
  private static final int PATIENCE_S = 20;

  private final SecureStage stage;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Event> history = new ConcurrentLinkedQueue<>();
  private final RegistrarConfig config;
  private final Registrar registrar;
  private final PoolElement element;
  private final Bystander bystander;
  private final int callPort;

  private AttackedScope(Path directory, UnaryOperator<RegistrarConfig> change) {
    stage = new SecureStage(directory);
    callPort = SecureStage.freePort();
    config = change.apply(stage.config("r1"));
    registrar = stage.start(config, this::observe);
    awaitService();
    element =
        stage.register(
            registrar, "echo-1", Registration.builder(POOL, 7_777).callPort(callPort).build());
    bystander =
        new Bystander(
            stage.call(registrar, stage.issue("user", "bystander")), POOL, element.elementId());
  }

  static AttackedScope start(Path directory) {
    return start(directory, UnaryOperator.identity());
  }

  static AttackedScope start(Path directory, UnaryOperator<RegistrarConfig> change) {
    return new AttackedScope(directory, change);
  }

  /// Whoever asks earlier is told to come again.
  private void awaitService() {
    try {
      awaitUntil(() -> registrar.status().serving());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the registrar started", e);
    }
  }

  private void observe(Event event) {
    history.add(event);
    events.add(event);
  }

  SecureStage stage() {
    return stage;
  }

  RegistrarConfig config() {
    return config;
  }

  Registrar registrar() {
    return registrar;
  }

  PoolElement element() {
    return element;
  }

  ElementId elementId() {
    return element.elementId();
  }

  /// Where registrars call the element.
  Endpoint callAddress() {
    return Endpoint.of(Endpoint.Scheme.TLS, Caller.HERE, callPort);
  }

  /// All that the registrar has told.
  List<Event> history() {
    return List.copyOf(history);
  }

  /// Somebody with such a certificate calls the registrar.
  Caller call(String role, String name) {
    return stage.call(registrar, stage.issue(role, name));
  }

  /// The scope of programs that know this registrar.
  Scope scope(String role, String name) {
    return Scope.of(registrar.asap()).withTls(stage.issue(role, name));
  }

  /// The next event of that kind that the registrar tells.
  <E extends Event> E await(Class<E> kind) throws InterruptedException {
    for (Event event = next(); event != null; event = next()) {
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
    throw new AssertionError("no " + kind.getSimpleName() + " came in time");
  }

  private Event next() throws InterruptedException {
    return events.poll(PATIENCE_S, TimeUnit.SECONDS);
  }

  /// Ends, and lets the test fail, when its time is over.
  static void awaitUntil(BooleanSupplier isTrue) throws InterruptedException {
    while (!isTrue.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("it has not become true in time");
      }
      Thread.onSpinWait();
    }
  }

  /// The scope is as it was: the element has been in its pool all the time, alone, and whoever asks for
  /// it is answered.
  void assertUnharmed() throws InterruptedException {
    assertElementStayed();
    assertThat(registrar.status().elements()).isEqualTo(1);
    assertThat(registrar.status().pools()).isEqualTo(1);
  }

  /// The same, but others may have come in as well.
  void assertElementStayed() throws InterruptedException {
    bystander.assertServed();
    assertThat(history).noneMatch(this::isEndOfElement);
    assertThat(
            history.stream()
                .filter(event ->
                    event instanceof RegistrarEvent.Registered(_, ElementId id, _)
                        && id.equals(elementId())))
        .hasSize(1);
  }

  private boolean isEndOfElement(Event event) {
    ElementId id =
        switch (event) {
          case RegistrarEvent.Removed removed -> removed.elementId();
          case RegistrarEvent.Deregistered left -> left.elementId();
          case RegistrarEvent.TakenOut out -> out.elementId();
          case RegistrarEvent.Orphaned orphaned -> orphaned.elementId();
          case AccessEvent.Expelled expelled -> expelled.elementId();
          default -> ElementId.NONE;
        };
    return id.equals(elementId());
  }

  /// What an attacker says of an element that serves nobody.
  static PoolElementParameter element(ElementId id, ServerId home, Policy policy) {
    return new PoolElementParameter(
        id,
        home,
        60,
        new AsapTransport.Tcp(LOOPBACK, 6_666),
        policy,
        AsapTransport.Absent.INSTANCE);
  }

  static AsapRegistration registration(ElementId id) {
    return new AsapRegistration(POOL, element(id, ServerId.NONE, Policy.RoundRobin.INSTANCE));
  }

  /// Why a registration is refused; empty if it is not.
  static List<CauseCode> register(Caller caller, AsapRegistration registration) throws IOException {
    caller.say(registration);
    AsapRegistrationResponse answer = caller.hear(AsapRegistrationResponse.class);
    assertThat(answer.rejected()).isEqualTo(!answer.causes().isEmpty());
    return answer.causes().stream().map(ErrorCause::cause).toList();
  }

  static List<CauseCode> register(Caller caller, ElementId id) throws IOException {
    return register(caller, registration(id));
  }

  static List<CauseCode> deregister(Caller caller, ElementId id) throws IOException {
    caller.say(new AsapDeregistration(POOL, id));
    return caller.hear(AsapDeregistrationResponse.class).causes().stream()
        .map(ErrorCause::cause)
        .toList();
  }

  void end() throws Exception {
    bystander.close();
    stage.end();
  }
}
