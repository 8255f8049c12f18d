package io.rserpool.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.client.Subscription;
import io.rserpool.client.TestRegistrar;
import io.rserpool.client.UnknownPoolException;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ExamplesTest {

  private static final PoolHandle POOL = PoolHandle.of("EchoPool");

  private static ServerSocket serve(Scope scope) throws IOException {
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> {
      try {
        EchoServer.serve(scope, listening);
      } catch (IOException _) {
        // No longer listening: the test is over.
      }
    });
    return listening;
  }

  @Test
  void echoServersAnswerTheirClients() throws Exception {
    try (TestRegistrar registrar = TestRegistrar.start();
        PoolUser user = PoolUser.open(registrar.scope());
        ServerSocket _ = serve(registrar.scope());
        ServerSocket _ = serve(registrar.scope());
        Subscription _ = PoolWatcher.watch(user, "EchoPool")) {
      BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
      try (Subscription _ = user.watch(POOL, pool -> sizes.add(pool.elements().size()))) {
        Integer size = sizes.poll(20, TimeUnit.SECONDS);
        while (size != null && size < 2) {
          size = sizes.poll(20, TimeUnit.SECONDS);
        }
        assertThat(size).isEqualTo(2);
      }
      try (PoolSession session = user.connect(POOL)) {
        assertThat(EchoClient.ask(session, "hello")).isEqualTo("hello");
      }
      try (PoolSession session = user.connect(POOL, RepeatingClient.OPTIONS)) {
        session.fail("to see the question asked elsewhere");
        assertThat(RepeatingClient.ask(session, "hello")).isEqualTo("hello");
      }
    }
  }

  @Test
  void failuresSayWhetherToTryAgain() {
    try (TestRegistrar registrar = TestRegistrar.start();
        PoolUser user = PoolUser.open(registrar.scope())) {
      assertThat(
              catchThrowableOfType(UnknownPoolException.class, () -> user.connect(POOL))
                  .isRetryable())
          .isTrue();
    }
  }
}
