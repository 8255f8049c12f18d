package io.rserpool.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.rserpool.client.PoolUser;
import io.rserpool.client.TestRegistrar;
import io.rserpool.protocol.PoolHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Three servers in processes of their own, eight threads that call them, and everything that can
/// become of a server: not one call that may be repeated fails.
@Timeout(600)
class ServersDieUnderLoadTest {

  private static final PoolHandle POOL = PoolHandle.of("EchoPool");
  private static final int THREADS = 8;
  private static final int SOME = 500;

  private TestRegistrar registrar;
  private final List<EchoProcess> servers = new ArrayList<>();

  @BeforeEach
  void startServers() throws Exception {
    registrar = TestRegistrar.start();
    for (String name : List.of("a", "b", "c")) {
      servers.add(EchoProcess.start(registrar.scope(), POOL, name));
    }
    for (EchoProcess server : servers) {
      server.awaitReady();
    }
  }

  @AfterEach
  void stopServers() {
    servers.forEach(EchoProcess::close);
    registrar.close();
  }

  private EchoProcess startServer(String name) throws Exception {
    EchoProcess server = EchoProcess.start(registrar.scope(), POOL, name).awaitReady();
    servers.add(server);
    return server;
  }

  @Test
  void noCallFailsWhileServersAreKilledFrozenDrainedAndStartedAgain() throws Exception {
    try (PoolUser user = PoolUser.open(registrar.scope())) {
      ManagedChannel channel =
          PoolChannel.builder(user, POOL, InsecureChannelCredentials.create()).build();
      try (Load load = Load.start(channel, THREADS)) {
        awaitNames(load, "a", "b", "c");
        report(load, "undisturbed");

        servers.get(0).kill();
        load.awaitAnswers(SOME);
        report(load, "kill -9 of one of three");
        awaitNames(load, "b", "c");

        servers.get(1).freeze();
        awaitOnly(load, "c");
        report(load, "SIGSTOP of one of two");

        startServer("d");
        awaitNames(load, "c", "d");
        report(load, "a new server");

        servers.get(1).thaw();
        awaitNames(load, "b", "c", "d");
        report(load, "SIGCONT");

        servers.get(2).leave();
        awaitOnly(load, "b", "d");
        report(load, "one of three leaves in order");

        servers.get(1).kill();
        servers.get(3).kill();
        startServer("e");
        awaitOnly(load, "e");
        report(load, "kill -9 of all, then a new server");

        assertThat(load.failures()).isEmpty();
      }
      end(channel);
    }
  }

  @Test
  void withoutInterceptorNamedServicesAreRetriedByGrpcItselfWhenAServerIsKilled() throws Exception {
    int port = registrar.scope().registrars().getFirst().port();
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                "rserpool://127.0.0.1:" + port + "/" + POOL + "?retry=" + Echo.SERVICE,
                InsecureChannelCredentials.create())
            .build();
    try (Load load = Load.start(channel, THREADS)) {
      awaitNames(load, "a", "b", "c");
      servers.get(0).kill();
      load.awaitAnswers(SOME);
      servers.get(1).kill();
      awaitOnly(load, "c");
      report(load, "kill -9 of two of three, gRPC's own retries");
      assertThat(load.failures()).isEmpty();
    }
    end(channel);
  }

  /// Until the given servers, and only these, answer.
  private static void awaitNames(Load load, String... names) {
    Load.await(
        () -> {
          load.takeNames();
          load.awaitAnswers(THREADS * 10L);
          return load.takeNames().equals(Set.of(names));
        },
        "answers of " + List.of(names));
  }

  private static void awaitOnly(Load load, String... names) {
    awaitNames(load, names);
    // A call that waits for a server that is not there any more must not be left behind.
    load.awaitEveryThread();
    load.awaitAnswers(SOME);
    assertThat(load.takeNames()).containsExactlyInAnyOrder(names);
  }

  private static void report(Load load, String what) {
    System.out.printf(
        "gRPC, %s: %d answers so far, %d failed calls, %s%n",
        what, load.answers(), load.failures().size(), load.takeTimes());
  }

  private static void end(ManagedChannel channel) throws InterruptedException {
    channel.shutdownNow();
    assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }
}
