package io.rserpool.registrar;

import static io.rserpool.registrar.AttackedScope.POOL;
import static io.rserpool.registrar.AttackedScope.awaitUntil;
import static io.rserpool.registrar.AttackedScope.register;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.registrar.AccessEvent;
import io.rserpool.engine.registrar.RegistrarEvent;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapRegistration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Attacks by members of the scope that have been compromised, as Dreibholz describes them: false
/// elements that draw requests, false reports, false policy information (and RFC 5355 section 2.17). Each
/// is bounded by what the policy file lets one name do, and ends when that name is denied.
@Timeout(60)
final class InsidersTest {

  private static final PoolHandle BATCH = PoolHandle.of("batch");
  private static final String DENIED = "denied: [\"rserpool://test/element/rogue\"]";

  @TempDir Path directory;

  private Path policy;
  private AttackedScope scope;

  @BeforeEach
  void start() {
    policy = directory.resolve("policy.yaml");
    writePolicy("");
    scope =
        AttackedScope.start(
            directory,
            config ->
                SecureStage.patient(config).withSecurity(config.security().withPolicy(policy)));
  }

  @AfterEach
  void stop() throws Exception {
    scope.end();
  }

  private void writePolicy(String denied) {
    try {
      Path next = directory.resolve("policy.next");
      Files.writeString(
          next,
          """
          %s
          rules:
            - who: "rserpool://test/element/*"
              register: ["echo", "batch"]
              elements: 3
            - who: "rserpool://test/user/*"
              resolve: ["*"]
              report: ["*"]
          """
              .formatted(denied));
      Files.move(next, policy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AsapRegistration registration(PoolHandle pool, int id, Policy told) {
    return new AsapRegistration(pool, AttackedScope.element(ElementId.of(id), ServerId.NONE, told));
  }

  private List<ElementId> resolve(Caller user, PoolHandle pool, int items) throws IOException {
    user.say(new AsapHandleResolution(pool, false, items));
    return user.hear(AsapHandleResolutionResponse.class).resolution()
            instanceof AsapHandleResolutionResponse.Found found
        ? found.elements().stream().map(PoolElementParameter::elementId).toList()
        : List.of();
  }

  /// One element registers many that do not serve anybody, at two registrars.
  @Test
  void aCompromisedElementFillsAPoolOnlySoFar() throws Exception {
    SecureStage stage = scope.stage();
    RegistrarConfig config =
        SecureStage.patient(stage.config("r2")).withPeers(scope.registrar().enrp());
    Registrar second =
        stage.start(config.withSecurity(config.security().withPolicy(policy)), _ -> {});
    awaitUntil(() -> second.status().elements() == 1);
    Caller rogue = scope.call("element", "rogue");
    int refused = 0;
    for (int id = 1; id <= 200; id++) {
      List<CauseCode> causes = register(rogue, ElementId.of(id));
      if (!causes.isEmpty()) {
        assertThat(causes).containsExactly(CauseCode.LACK_OF_RESOURCES);
        refused++;
      }
    }
    assertThat(refused).isEqualTo(197);
    awaitUntil(() -> second.status().elements() == 4);
    Caller there = stage.call(second, stage.issue("element", "rogue"));
    assertThat(register(there, ElementId.of(999))).containsExactly(CauseCode.LACK_OF_RESOURCES);
    scope.assertElementStayed();
    // Whoever is known to be rogue is put out at once, with all it has registered.
    writePolicy(DENIED);
    rogue.awaitEnd();
    awaitUntil(() -> scope.registrar().status().elements() == 1);
    assertThat(scope.history()).filteredOn(AccessEvent.Expelled.class::isInstance).hasSize(3);
    scope.assertUnharmed();
  }

  /// An element says that it is idle, so that it is chosen each time. Its word is all there is; but it
  /// cannot have another policy than its pool, and loses everything when it is denied.
  @Test
  void anElementThatLiesAboutItsLoadIsChosenUntilItIsDenied() throws Exception {
    Caller honest = scope.call("element", "batch-1");
    assertThat(register(honest, registration(BATCH, 1, new Policy.LeastUsed(1 << 20)))).isEmpty();
    Caller rogue = scope.call("element", "rogue");
    assertThat(register(rogue, registration(BATCH, 2, new Policy.Random())))
        .containsExactly(CauseCode.INCONSISTENT_POLICY);
    assertThat(register(rogue, registration(BATCH, 2, new Policy.LeastUsed(0)))).isEmpty();
    Caller user = scope.call("user", "someone");
    for (int i = 0; i < 10; i++) {
      assertThat(resolve(user, BATCH, 1)).containsExactly(ElementId.of(2));
    }
    writePolicy(DENIED);
    assertThat(scope.await(AccessEvent.Expelled.class).elementId()).isEqualTo(ElementId.of(2));
    assertThat(resolve(user, BATCH, 1)).containsExactly(ElementId.of(1));
    scope.assertElementStayed();
  }

  /// Users resolve a pool and report whatever they are given, as Dreibholz's attacker does: fewer of them
  /// than it takes to outvote the registrar's own question.
  @Test
  void usersThatReportWhateverTheyResolveEmptyNoPool() throws Exception {
    List<Caller> liars = List.of(scope.call("user", "liar-1"), scope.call("user", "liar-2"));
    for (int round = 0; round < 100; round++) {
      for (Caller liar : liars) {
        for (ElementId found : resolve(liar, POOL, 0)) {
          liar.say(new AsapEndpointUnreachable(POOL, found));
        }
      }
    }
    assertThat(scope.await(RegistrarEvent.Reported.class).elementId()).isEqualTo(scope.elementId());
    assertThat(scope.await(RegistrarEvent.LimitHit.class).limit()).contains("reports");
    scope.assertUnharmed();
  }

  /// Users who may not report are not heard, however many they are.
  @Test
  void reportsOfThoseWhoMayNotReportCountForNothing() throws Exception {
    for (int i = 0; i < 5; i++) {
      Caller element = scope.call("element", "gossip-" + i);
      element.say(new AsapEndpointUnreachable(POOL, scope.elementId()));
      assertThat(scope.await(AccessEvent.Unauthorised.class).wanted()).contains("report");
    }
    assertThat(scope.history()).noneMatch(RegistrarEvent.Reported.class::isInstance);
    scope.assertUnharmed();
  }

  /// Who resolves all the time moves the pointer of round robin for everybody: only so far. Others come
  /// to all elements all the same.
  @Test
  void resolutionsByOneUserDoNotKeepOthersFromAnyElement() throws Exception {
    Caller rogue = scope.call("user", "rogue");
    Caller second = scope.call("element", "echo-2");
    assertThat(register(second, ElementId.of(2))).isEmpty();
    Thread flood = rogue.flood(2_000, _ -> new AsapHandleResolution(POOL, false, 1));
    Caller user = scope.call("user", "someone");
    List<ElementId> chosen = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      chosen.addAll(resolve(user, POOL, 1));
    }
    flood.join();
    assertThat(chosen).hasSize(100).contains(ElementId.of(2), scope.elementId());
    assertThat(scope.await(RegistrarEvent.LimitHit.class).peer()).contains("user/rogue");
    scope.assertElementStayed();
  }
}
