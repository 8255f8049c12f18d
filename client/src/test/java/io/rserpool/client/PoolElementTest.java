package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PoolElementTest {

  private static final PoolHandle POOL = PoolHandle.of("TestPool");
  private static final int PORT = 7;

  private TestRegistrar registrar = TestRegistrar.start();

  @AfterEach
  void stop() {
    registrar.close();
  }

  @Test
  void registeredElementIsResolvedWithItsAddressPolicyAndIdentifier() {
    Registration registration =
        Registration.builder(POOL, PORT)
            .policy(new Policy.WeightedRoundRobin(3))
            .elementId(ElementId.of(42))
            .build();
    try (PoolElement element = PoolElement.register(registrar.scope(), registration);
        PoolUser user = PoolUser.open(registrar.scope())) {
      assertThat(element.elementId()).isEqualTo(ElementId.of(42));
      Pool pool = user.resolve(POOL);
      assertThat(pool.elements()).hasSize(1);
      assertThat(pool.elements().getFirst().elementId()).isEqualTo(ElementId.of(42));
      assertThat(pool.elements().getFirst().policy()).isEqualTo(new Policy.WeightedRoundRobin(3));
      assertThat(pool.elements().getFirst().userTransport().port()).isEqualTo(PORT);
      assertThat(pool.elements().getFirst().userTransport().addresses().getFirst().isLoopback())
          .isTrue();
    }
  }

  @Test
  void elementWithoutIdentifierGetsOne() {
    try (PoolElement element =
        PoolElement.register(registrar.scope(), Registration.of(POOL, PORT))) {
      assertThat(element.elementId().isNone()).isFalse();
    }
  }

  @Test
  void loadThatWasToldReachesTheUsers() throws InterruptedException {
    BlockingQueue<Pool> changes = new LinkedBlockingQueue<>();
    Registration registration =
        Registration.builder(POOL, PORT).policy(new Policy.LeastUsed(0)).build();
    try (PoolElement element = PoolElement.register(registrar.scope(), registration);
        PoolUser user = PoolUser.open(registrar.scope());
        Subscription _ = user.watch(POOL, changes::add)) {
      element.updateLoad(0.5);
      Policy expected = new Policy.LeastUsed(Policy.fraction(0.5));
      assertThat(element.policy()).isEqualTo(expected);
      Pool pool = changes.poll(10, TimeUnit.SECONDS);
      while (pool != null && !pool.elements().getFirst().policy().equals(expected)) {
        pool = changes.poll(10, TimeUnit.SECONDS);
      }
      assertThat(pool).isNotNull();
      assertThatThrownBy(() -> element.updateLoad(1.1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void loadIsNoMatterWithoutAnAdaptivePolicyAndTheTypeCannotChange() {
    try (PoolElement element =
        PoolElement.register(registrar.scope(), Registration.of(POOL, PORT))) {
      element.updateLoad(0.5);
      assertThat(element.policy()).isEqualTo(Policy.RoundRobin.INSTANCE);
      assertThatThrownBy(() -> element.update(new Policy.LeastUsed(0)))
          .isInstanceOf(RejectedException.class)
          .hasMessageContaining("TestPool");
    }
  }

  @Test
  void elementThatHasLeftIsFoundNoMore() {
    try (PoolElement element =
            PoolElement.register(registrar.scope(), Registration.of(POOL, PORT));
        PoolUser user = PoolUser.open(registrar.scope())) {
      element.leave();
      element.leave();
      assertThatThrownBy(() -> user.resolve(POOL))
          .isInstanceOf(UnknownPoolException.class)
          .hasMessageContaining("TestPool");
    }
  }

  @Test
  void elementOfAnotherPolicyIsRejectedWithTheRegistrarsCause() {
    Registration other = Registration.builder(POOL, PORT).policy(new Policy.Random()).build();
    try (PoolElement _ = PoolElement.register(registrar.scope(), Registration.of(POOL, PORT))) {
      RejectedException rejected =
          catchThrowableOfType(
              RejectedException.class, () -> PoolElement.register(registrar.scope(), other));
      assertThat(rejected.causes())
          .extracting(ErrorCause::cause)
          .containsExactly(CauseCode.INCONSISTENT_POLICY);
      assertThat(rejected.isRetryable()).isFalse();
    }
  }

  @Test
  void withoutRegistrarAPlainElementFailsAndAPersistentOneComesInLater() throws Exception {
    Scope scope =
        registrar
            .scope()
            .withElementTimers(
                settings -> settings.toBuilder().t2Registration(Duration.ofMillis(100)).build());
    registrar.close();
    NoRegistrarException failure =
        catchThrowableOfType(
            NoRegistrarException.class,
            () -> PoolElement.register(scope, Registration.of(POOL, PORT)));
    assertThat(failure.isRetryable()).isTrue();
    BlockingQueue<ElementId> registered = new LinkedBlockingQueue<>();
    ElementListener listener =
        new ElementListener() {
          @Override
          public void registered(ElementId elementId, String where) {
            registered.add(elementId);
          }
        };
    Registration persistent =
        Registration.builder(POOL, PORT).persistent(true).listener(listener).build();
    try (PoolElement element = PoolElement.register(scope, persistent)) {
      registrar = registrar.restart();
      ElementId id = registered.poll(20, TimeUnit.SECONDS);
      assertThat(id).isNotNull().isEqualTo(element.elementId());
    }
  }

  @Test
  void elementReturnsByItselfToARestartedRegistrar() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    ElementListener listener =
        new ElementListener() {
          @Override
          public void registered(ElementId elementId, String where) {
            told.add("registered");
          }

          @Override
          public void registrarLost(ElementId elementId, String reason) {
            told.add("lost");
          }
        };
    Registration registration = Registration.builder(POOL, PORT).listener(listener).build();
    try (PoolElement element = PoolElement.register(registrar.scope(), registration)) {
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("registered");
      registrar = registrar.restart();
      assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("lost");
      String next = told.poll(20, TimeUnit.SECONDS);
      while ("lost".equals(next)) {
        next = told.poll(20, TimeUnit.SECONDS); // It may have called the old one once more.
      }
      assertThat(next).isEqualTo("registered");
      try (PoolUser user = PoolUser.open(registrar.scope())) {
        assertThat(user.resolve(POOL).elements().getFirst().elementId())
            .isEqualTo(element.elementId());
      }
    }
  }

  @Test
  void elementThatIsTakenOutByHandIsAskedToLeave() throws Exception {
    for (LeaveRequest leave : List.of(LeaveRequest.DRAIN, LeaveRequest.REMOVE)) {
      BlockingQueue<LeaveRequest> asked = new LinkedBlockingQueue<>();
      ElementListener listener =
          new ElementListener() {
            @Override
            public void askedToLeave(ElementId elementId, LeaveRequest how) {
              asked.add(how);
            }
          };
      Registration registration = Registration.builder(POOL, PORT).listener(listener).build();
      try (PoolElement element = PoolElement.register(registrar.scope(), registration);
          PoolUser user = PoolUser.open(registrar.scope())) {
        if (leave == LeaveRequest.DRAIN) {
          user.drain(POOL, element.elementId());
        } else {
          user.remove(POOL, element.elementId());
        }
        assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo(leave);
        assertThatThrownBy(() -> user.resolve(POOL)).isInstanceOf(UnknownPoolException.class);
      }
    }
  }

  @Test
  void takenPortForRegistrarsIsNamed() {
    try (TestServer server = new TestServer()) {
      Registration registration = Registration.builder(POOL, PORT).callPort(server.port()).build();
      assertThatThrownBy(() -> PoolElement.register(registrar.scope(), registration))
          .isInstanceOf(ListenFailedException.class)
          .hasMessageContaining(String.valueOf(server.port()));
    }
  }

  @Test
  void closedElementRefusesEverything() {
    PoolElement element = PoolElement.register(registrar.scope(), Registration.of(POOL, PORT));
    element.close();
    element.close();
    assertThatThrownBy(() -> element.update(Policy.RoundRobin.INSTANCE))
        .isInstanceOf(ClosedException.class);
  }
}
