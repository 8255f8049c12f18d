package io.rserpool.registrar;

import static io.rserpool.registrar.AttackedScope.POOL;
import static io.rserpool.registrar.AttackedScope.awaitUntil;
import static io.rserpool.registrar.AttackedScope.deregister;
import static io.rserpool.registrar.AttackedScope.register;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Event;
import io.rserpool.engine.registrar.AccessEvent;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Attacks on registrations (RFC 5355 sections 2.1 to 2.4), mounted against a running registrar: they
/// fail, and who belongs to the scope is served meanwhile. Floods of them are in [FloodsTest].
@Timeout(60)
final class RegistrationAttacksTest {

  private static final ElementId OTHER = ElementId.of(0x5);

  @TempDir Path directory;

  private AttackedScope scope;

  @BeforeEach
  void start() {
    scope = AttackedScope.start(directory);
  }

  @AfterEach
  void stop() throws Exception {
    scope.end();
  }

  /// 2.1: somebody who has proved nothing, within TLS.
  @Test
  void whoProvesNothingRegistersNothing() throws Exception {
    Caller nobody = scope.stage().callAsNobody(scope.registrar(), AttackedScope.ELSEWHERE);
    assertThat(register(nobody, OTHER)).containsExactly(CauseCode.SECURITY);
    assertThat(register(nobody, scope.elementId())).containsExactly(CauseCode.SECURITY);
    assertThat(deregister(nobody, scope.elementId())).containsExactly(CauseCode.SECURITY);
    scope.assertUnharmed();
  }

  /// 2.3: somebody says that he is another element.
  @Test
  void registrationBelongsToItsIdentity() throws Exception {
    Caller other = scope.call("element", "echo-2");
    assertThat(register(other, scope.elementId())).containsExactly(CauseCode.NON_UNIQUE_ELEMENT_ID);
    assertThat(deregister(other, scope.elementId())).containsExactly(CauseCode.SECURITY);
    scope.assertUnharmed();
    scope.element().leave();
    assertThat(scope.registrar().status().elements()).isZero();
  }

  /// 2.3, at another registrar of the scope.
  @Test
  void registrationBelongsToItsIdentityAtEveryRegistrar() throws Exception {
    SecureStage stage = scope.stage();
    Registrar second = stage.start(stage.config("r2").withPeers(scope.registrar().enrp()), _ -> {});
    awaitUntil(() -> second.status().elements() > 0);
    Caller other = stage.call(second, stage.issue("element", "echo-2"));
    assertThat(register(other, scope.elementId())).containsExactly(CauseCode.NON_UNIQUE_ELEMENT_ID);
    assertThat(deregister(other, scope.elementId())).containsExactly(CauseCode.SECURITY);
    scope.assertUnharmed();
    Caller itself = stage.call(second, stage.issue("element", "echo-1"));
    assertThat(register(itself, scope.elementId())).isEmpty();
  }

  /// 2.4: somebody with a certificate that does not let him.
  @Test
  void usersRegisterNothing() throws Exception {
    Caller user = scope.call("user", "someone");
    assertThat(register(user, OTHER)).containsExactly(CauseCode.SECURITY);
    assertThat(deregister(user, scope.elementId())).containsExactly(CauseCode.SECURITY);
    scope.assertUnharmed();
  }

  /// 2.4, by a policy that changes while the registrar runs.
  @Test
  void policyDecidesAndIsReadAgain() throws Exception {
    Path policy = directory.resolve("policy.yaml");
    writePolicy(policy, "");
    SecureStage stage = scope.stage();
    RegistrarConfig config = SecureStage.patient(stage.config("r2"));
    List<Event> events = new CopyOnWriteArrayList<>();
    Registrar second =
        stage.start(config.withSecurity(config.security().withPolicy(policy)), events::add);
    Caller thief = stage.call(second, stage.issue("element", "echo-3"));
    Caller honest = stage.call(second, stage.issue("element", "echo-4"));
    assertThat(register(thief, OTHER)).isEmpty();
    writePolicy(policy, "denied: [\"rserpool://test/element/echo-3\"]");
    thief.awaitEnd();
    awaitUntil(() -> second.status().elements() == 0);
    assertThat(events).anyMatch(AccessEvent.Expelled.class::isInstance);
    assertThat(register(honest, OTHER)).isEmpty();
  }

  private static void writePolicy(Path file, String denied) throws IOException {
    Files.writeString(
        file,
        """
        registrars: ["rserpool://test/registrar/*"]
        %s
        rules:
          - who: "rserpool://test/element/*"
            register: ["%s"]
        """
            .formatted(denied, POOL));
  }

  /// 2.4: an element that may be in another pool wants to be in this one.
  @Test
  void anElementIsInThePoolsThatThePolicyNames() throws Exception {
    Path policy = directory.resolve("policy.yaml");
    Files.writeString(
        policy,
        """
        rules:
          - who: "rserpool://test/element/other-*"
            register: ["other"]
        """);
    SecureStage stage = scope.stage();
    RegistrarConfig config = stage.config("r2");
    Registrar second =
        stage.start(config.withSecurity(config.security().withPolicy(policy)), _ -> {});
    Caller other = stage.call(second, stage.issue("element", "other-1"));
    assertThat(register(other, OTHER)).containsExactly(CauseCode.SECURITY);
    assertThat(second.status().elements()).isZero();
    scope.assertUnharmed();
  }
}
