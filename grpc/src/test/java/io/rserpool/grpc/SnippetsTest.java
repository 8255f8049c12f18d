package io.rserpool.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.ClientCalls;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.client.TestRegistrar;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What `docs/grpc.md` shows is what is run here, line by line.
@Timeout(300)
class SnippetsTest {

  private static final Path GUIDE = Path.of("..", "docs", "grpc.md");
  private static final Path SELF = Path.of("src/test/java/io/rserpool/grpc/SnippetsTest.java");

  @Test
  void theServerAndTheClientsOfTheGuideWork() throws Exception {
    try (TestRegistrar registrar = TestRegistrar.start()) {
      Scope scope = registrar.scope();
      String target = "rserpool://" + scope.registrars().getFirst().hosts().getFirst();
      target = target + ":" + scope.registrars().getFirst().port() + "/EchoPool";
      var myService = Echo.service(text -> "hello " + text);

      CallsInFlight calls = new CallsInFlight(64); // 64 calls are full load
      Server server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .addService(myService)
              .intercept(calls)
              .build()
              .start();
      Registration registration =
          Registration.builder(PoolHandle.of("EchoPool"), server.getPort())
              .policy(new Policy.LeastUsedDegradation(0, Policy.fraction(1.0 / 64)))
              .build();
      GrpcElement element = GrpcElement.register(scope, registration, server, calls);

      assertThat(byUser(scope)).isEqualTo("hello world");
      assertThat(byTarget(target)).isEqualTo("hello world");

      element.leave(Duration.ofSeconds(30)); // out of the pool, then the last calls, then the end
      assertThat(server.isTerminated()).isTrue();
    }
  }

  private static String byUser(Scope scope) {
    try (PoolUser user = PoolUser.open(scope)) {
      ManagedChannel channel =
          PoolChannel.builder(user, PoolHandle.of("EchoPool"), InsecureChannelCredentials.create())
              .build();
      CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
      String answer = ClientCalls.blockingUnaryCall(channel, Echo.SAY, options, "world");
      channel.shutdownNow();
      return answer;
    }
  }

  private static String byTarget(String target) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(target, InsecureChannelCredentials.create())
            .intercept(new FailoverInterceptor())
            .build();
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
    String answer = ClientCalls.blockingUnaryCall(channel, Echo.SAY, options, "world");
    channel.shutdownNow();
    return answer;
  }

  @Test
  void everyLineOfTheGuidesCodeStandsHere() throws IOException {
    String self = plain(Files.readString(SELF));
    List<String> blocks = List.of(Files.readString(GUIDE).split("```java\n"));
    assertThat(blocks).hasSizeGreaterThan(3);
    assertThat(blocks.subList(1, blocks.size()))
        .allSatisfy(
            block -> assertThat(self).contains(plain(block.substring(0, block.indexOf("```")))));
  }

  /// Without line breaks, indentation and other spaces.
  private static String plain(String code) {
    return code.replaceAll("\\s+", "");
  }
}
