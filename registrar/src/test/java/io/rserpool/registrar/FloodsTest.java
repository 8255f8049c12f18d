package io.rserpool.registrar;

import static io.rserpool.registrar.AttackedScope.ELSEWHERE;
import static io.rserpool.registrar.AttackedScope.POOL;
import static io.rserpool.registrar.AttackedScope.registration;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.registrar.RegistrarEvent;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.net.NetEvent;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Somebody says too much (RFC 5355 sections 2.1, 2.2 and 2.13, and Dreibholz's attacks by
/// registrations, resolutions and reports): one identity is limited, and hung up on, while others are
/// served. With the limits of profile `standard`, which hold on the loopback interface here, too.
@Timeout(60)
final class FloodsTest {

  /// More than the burst of any limit and the refusals that are borne.
  private static final int FLOOD = 4_000;

  @TempDir Path directory;

  private AttackedScope scope;

  @BeforeEach
  void start() {
    scope =
        AttackedScope.start(
            directory,
            config ->
                config.withSettings(
                    config.settings().toBuilder()
                        .set(RegistrarSetting.LIMIT_LOOPBACK, true)
                        .build()));
  }

  @AfterEach
  void stop() throws Exception {
    scope.end();
  }

  private static List<CauseCode> causes(AsapRegistrationResponse response) {
    return response.causes().stream().map(ErrorCause::cause).toList();
  }

  /// 2.1: elements that do not exist, by somebody who has proved nothing, over many associations.
  @Test
  void registrationsByNobody() throws Exception {
    for (int i = 0; i < 30; i++) {
      Caller nobody = scope.stage().callAsNobody(scope.registrar(), ELSEWHERE);
      int first = 1 + 100 * i;
      Thread flood = nobody.flood(100, n -> registration(ElementId.of(first + n)));
      for (int n = 0; n < 100; n++) {
        AsapRegistrationResponse answer = nobody.hear(AsapRegistrationResponse.class);
        assertThat(causes(answer)).containsAnyOf(CauseCode.SECURITY, CauseCode.LACK_OF_RESOURCES);
        assertThat(answer.rejected()).isTrue();
        if (causes(answer).contains(CauseCode.LACK_OF_RESOURCES)) {
          // Its address has said enough.
          assertThat(scope.await(RegistrarEvent.LimitHit.class).limit()).contains("registrations");
          flood.join();
          scope.assertUnharmed();
          return;
        }
      }
      flood.join();
    }
    throw new AssertionError("3,000 registrations of one address were not too many");
  }

  /// 2.2: somebody who is known and may not register.
  @Test
  void registrationsByAUser() throws Exception {
    Caller user = scope.call("user", "flooder");
    user.flood(FLOOD, n -> registration(ElementId.of(n + 1)));
    List<AsapRegistrationResponse> answers = user.hearAll(AsapRegistrationResponse.class);
    assertThat(answers).hasSizeLessThan(FLOOD).allMatch(AsapRegistrationResponse::rejected);
    assertThat(scope.await(RegistrarEvent.LimitHit.class).peer()).contains("user/flooder");
    scope.assertUnharmed();
  }

  /// 2.1 and 2.2 by an insider: a legitimate element comes and goes all the time.
  @Test
  void registrationsAndDeregistrationsByAnElement() throws Exception {
    Caller element = scope.call("element", "echo-2");
    ElementId id = ElementId.of(2);
    element.flood(FLOOD, n -> n % 2 == 0 ? registration(id) : new AsapDeregistration(POOL, id));
    assertThat(element.hearAll(AsapRegistrationResponse.class).size()).isLessThan(FLOOD / 2);
    assertThat(scope.await(RegistrarEvent.LimitHit.class).peer()).contains("element/echo-2");
    scope.assertElementStayed();
    // Its name is limited, not one of its associations.
    Caller again = scope.call("element", "echo-2");
    again.flood(FLOOD, n -> registration(id));
    again.awaitEnd();
    scope.assertElementStayed();
  }

  /// Resolutions alone move the pointer of round robin for everybody, and cost the registrar's time.
  @Test
  void resolutions() throws Exception {
    Caller user = scope.call("user", "flooder");
    user.flood(FLOOD, _ -> new AsapHandleResolution(POOL, false, 1));
    List<AsapHandleResolutionResponse> answers = user.hearAll(AsapHandleResolutionResponse.class);
    long found =
        answers.stream()
            .filter(a -> a.resolution() instanceof AsapHandleResolutionResponse.Found)
            .count();
    assertThat(answers).hasSizeLessThan(FLOOD);
    // The burst for one pool with a policy of that kind is 200, and some are earned meanwhile.
    assertThat(found).isLessThanOrEqualTo(1_000);
    assertThat(scope.await(RegistrarEvent.LimitHit.class).limit()).contains("resolutions");
    scope.assertUnharmed();
  }

  /// 2.13: reports of unreachable elements.
  @Test
  void reports() throws Exception {
    Caller user = scope.call("user", "flooder");
    user.flood(FLOOD, _ -> new AsapEndpointUnreachable(POOL, scope.elementId()));
    user.awaitEnd();
    assertThat(scope.await(RegistrarEvent.LimitHit.class).limit()).contains("reports");
    scope.assertUnharmed();
  }

  /// Connections that say nothing, and more of them than may come from one address.
  @Test
  void connections() throws Exception {
    for (int i = 0; i < 300; i++) {
      scope.stage().call(scope.registrar(), TlsOptions.OFF, ELSEWHERE);
    }
    assertThat(scope.await(NetEvent.ConnectionRefused.class).source()).isEqualTo(ELSEWHERE);
    assertNewcomersAreServed();
  }

  /// Handshakes that are brought to their end, which costs the registrar some milliseconds each.
  @Test
  void handshakes() throws Exception {
    TlsOptions flooder = scope.stage().issue("user", "flooder");
    int done = 0;
    try {
      for (; done < 300; done++) {
        try (Caller caller = Caller.call(scope.registrar().asap().getFirst(), flooder, ELSEWHERE)) {
          assertThat(caller).isNotNull();
        }
      }
    } catch (UncheckedIOException _) {
      // Enough.
    }
    assertThat(done).isBetween(100, 299);
    assertNewcomersAreServed();
  }

  private void assertNewcomersAreServed() throws InterruptedException, IOException {
    Caller newcomer = scope.call("user", "newcomer");
    newcomer.say(new AsapHandleResolution(POOL, false, 0));
    assertThat(newcomer.hear(AsapHandleResolutionResponse.class).resolution())
        .isInstanceOf(AsapHandleResolutionResponse.Found.class);
    assertThat(scope.history().stream().filter(NetEvent.ConnectionRefused.class::isInstance))
        .allMatch(e -> ((NetEvent.ConnectionRefused) e).source().equals(ELSEWHERE));
    scope.assertUnharmed();
  }
}
