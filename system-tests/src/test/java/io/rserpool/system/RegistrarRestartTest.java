package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.NoRegistrarException;
import io.rserpool.client.Pool;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.protocol.PoolHandle;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class RegistrarRestartTest {
  private static final PoolHandle POOL = PoolHandle.of("EchoPool");

  private final Stage stage = new Stage();

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void elementsComeBackToARestartedRegistrarAndNobodyIsToldThatThePoolIsUnknown() {
    RunningRegistrar first = stage.registrar();
    RunningServer one = stage.serve(first, "echo");
    RunningServer two = stage.serve(first, "echo");
    first.process().kill();
    CliProcess resolve = stage.start("resolve", "EchoPool", "--registrar=" + first.asap());

    RunningRegistrar second = stage.registrarAt(first.asap(), first.enrp());

    assertThat(second.id()).isNotEqualTo(first.id());
    Set<String> found = new TreeSet<>();
    long deadlineNs = System.nanoTime() + CliProcess.LIMIT.toNanos();
    while (found.size() < 2 && System.nanoTime() < deadlineNs) {
      // A new user each time, so that nothing comes from a cache. An unknown pool would throw.
      try (PoolUser user = PoolUser.open(Scope.of(first.asap()))) {
        Pool pool = user.resolve(POOL);
        pool.elements().forEach(element -> found.add(element.elementId().toString()));
      } catch (NoRegistrarException notReady) {
        assertThat(notReady.isRetryable()).isTrue();
      }
    }
    assertThat(found).containsExactlyInAnyOrder(one.id(), two.id());
    CliResult result = resolve.result();
    assertThat(result.err()).as("%s", result).doesNotContain("no such pool", "unknown pool");
  }

  @Test
  void aSessionDoesNotNeedTheRegistrar() {
    RunningRegistrar registrar = stage.registrar();
    stage.serve(registrar, "echo");
    CliProcess client = stage.start("connect", "EchoPool", "--registrar=" + registrar.asap());
    client.err().await("^connected", CliProcess.LIMIT);
    registrar.process().kill();
    client.type("alone");
    client.out().await("^alone$", CliProcess.LIMIT);
    assertThat(client.err().text()).doesNotContain("moved");
  }
}
