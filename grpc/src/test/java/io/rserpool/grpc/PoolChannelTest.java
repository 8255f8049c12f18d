package io.rserpool.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.client.TestRegistrar;
import io.rserpool.client.UnknownPoolException;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real servers, channels and a registrar in one process.
@Timeout(300)
class PoolChannelTest {

  private static final PoolHandle POOL = PoolHandle.of("EchoPool");

  private final List<GrpcElement> elements = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private TestRegistrar registrar = TestRegistrar.start();
  private final Scope scope = registrar.scope();
  private final PoolUser user = PoolUser.open(scope);

  @AfterEach
  void end() {
    channels.forEach(ManagedChannel::shutdownNow);
    user.close();
    elements.forEach(element -> element.leave(Duration.ZERO));
    registrar.close();
  }

  /// A server and its membership.
  private record Served(Server server, GrpcElement element) {}

  private Served serve(String name, Policy policy, Echo.Answer answer) throws IOException {
    CallsInFlight calls = new CallsInFlight(4);
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(Echo.service(text -> name + ":" + answer.to(text)))
            .intercept(calls)
            .build()
            .start();
    GrpcElement element =
        GrpcElement.register(
            scope,
            Registration.builder(POOL, server.getPort()).policy(policy).build(),
            server,
            calls);
    elements.add(element);
    return new Served(server, element);
  }

  private Served serve(String name) throws IOException {
    return serve(name, new Policy.RoundRobin(), text -> text);
  }

  private ManagedChannel channel() {
    return keep(PoolChannel.builder(user, POOL, InsecureChannelCredentials.create()).build());
  }

  private ManagedChannel channel(String target) {
    return keep(Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build());
  }

  private ManagedChannel keep(ManagedChannel channel) {
    channels.add(channel);
    return channel;
  }

  private String address() {
    return "127.0.0.1:" + scope.registrars().getFirst().port();
  }

  private static String say(Channel channel) {
    return ClientCalls.blockingUnaryCall(
        channel, Echo.SAY, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), "hi");
  }

  /// Who answers a number of calls.
  private static Set<String> names(Channel channel) {
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < 12; i++) {
      String answer = say(channel);
      names.add(answer.substring(0, answer.indexOf(':')));
    }
    return names;
  }

  @Test
  void aTargetWithARegistrarIsAllThatAProgramNeeds() throws IOException {
    serve("a");
    assertThat(say(channel("rserpool://" + address() + "/EchoPool"))).isEqualTo("a:hi");
  }

  @Test
  void theFirstOfSeveralRegistrarsMayBeDead() throws IOException {
    serve("a");
    assertThat(say(channel("rserpool:///EchoPool?registrar=127.0.0.1:1," + address())))
        .isEqualTo("a:hi");
  }

  @Test
  void serversThatComeAndGoAreKnownWithoutAsking() throws IOException {
    GrpcElement first = serve("a").element();
    ManagedChannel channel = channel();
    assertThat(say(channel)).isEqualTo("a:hi");
    serve("b");
    Load.await(() -> names(channel).equals(Set.of("a", "b")), "both servers");
    first.leave(Duration.ofSeconds(10));
    Load.await(() -> names(channel).equals(Set.of("b")), "the second server");
  }

  @Test
  void thePoolsPolicyChooses() throws IOException {
    serve("low", new Policy.Priority(1), text -> text);
    GrpcElement high = serve("high", new Policy.Priority(9), text -> text).element();
    ManagedChannel channel = channel();
    Load.await(() -> names(channel).equals(Set.of("high")), "the highest only");
    high.leave(Duration.ofSeconds(10));
    Load.await(() -> names(channel).equals(Set.of("low")), "the other one");
  }

  @Test
  void aCallWaitsForTheFirstServerOfAPoolIfItMayBeRepeated() throws Exception {
    ManagedChannel channel = channel();
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> say(channel), task -> Thread.ofVirtual().start(task));
    assertThatThrownBy(
            () -> ClientCalls.blockingUnaryCall(channel, Echo.ONCE, CallOptions.DEFAULT, "hi"))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
              assertThat(e.getStatus().getDescription()).contains("EchoPool");
            });
    assertThat(answer).isNotDone();
    serve("a");
    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("a:hi");
  }

  @Test
  void whoeverCannotBeRepeatedIsToldThatThereIsNoRegistrar() {
    registrar.close();
    ManagedChannel channel = channel("rserpool://127.0.0.1:1/EchoPool");
    assertThatThrownBy(() ->
            ClientCalls.blockingUnaryCall(
                channel,
                Echo.ONCE,
                CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
                "hi"))
        .hasMessageContaining("UNAVAILABLE")
        .hasMessageContaining("EchoPool");
  }

  @Test
  void callsGoOnWhileTheRegistrarIsAwayAndWhenItComesBackWithoutMemory() throws IOException {
    serve("a");
    serve("b");
    ManagedChannel channel = channel();
    Set<String> both = Set.of("a", "b");
    Load.await(() -> names(channel).equals(both), "both servers");
    try (Load load = Load.start(channel, 2)) {
      registrar.close();
      load.awaitAnswers(200);
      registrar = registrar.restart();
      Load.await(
          () -> {
            List<PoolElementParameter> known = user.resolve(POOL).elements();
            return known.size() == 2;
          },
          "both servers at the new registrar");
      load.awaitAnswers(200);
      assertThat(load.failures()).isEmpty();
    }
    Load.await(() -> names(channel).equals(both), "both servers");
  }

  @Test
  void anElementThatRefusesIsReportedAndNotChosen() throws Exception {
    Served dead = serve("dead");
    serve("a");
    ManagedChannel channel = channel();
    Load.await(() -> names(channel).size() == 2, "both servers");
    assertThat(user.resolve(POOL).elements()).hasSize(2);
    // It goes on to answer keep-alives, but nobody serves at its port any more.
    dead.server().shutdownNow().awaitTermination();
    Load.await(() -> names(channel).equals(Set.of("a")), "the living one only");
    // A pool user does not name what was reported until the registrar names it anew.
    Load.await(() -> user.resolve(POOL).elements().size() == 1, "a report");
  }

  @Test
  void aServerTellsItsLoadAndFinishesItsCallsBeforeItLeaves() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch mayEnd = new CountDownLatch(1);
    GrpcElement element =
        serve(
                "a",
                new Policy.LeastUsed(0),
                text -> {
                  begun.countDown();
                  awaitQuietly(mayEnd);
                  return text;
                })
            .element();
    ManagedChannel channel = channel();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> say(channel), task -> Thread.ofVirtual().start(task)));
    }
    begun.await();
    Load.await(() -> element.element().policy().equals(halfLoaded()), "a load of 2 in 4");
    CompletableFuture<Boolean> left =
        CompletableFuture.supplyAsync(
            () -> element.leave(Duration.ofSeconds(20)), task -> Thread.ofVirtual().start(task));
    Load.await(() -> isUnknown(user), "an empty pool");
    mayEnd.countDown();
    for (CompletableFuture<String> answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("a:hi");
    }
    assertThat(left.get(20, TimeUnit.SECONDS)).isTrue();
  }

  private static Policy halfLoaded() {
    return new Policy.LeastUsed(Policy.fraction(0.5));
  }

  private static boolean isUnknown(PoolUser user) {
    user.purge(POOL);
    try {
      return user.resolve(POOL).elements().isEmpty();
    } catch (UnknownPoolException _) {
      return true;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whoIsDrainedByHandStopsByItself() throws IOException {
    Served first = serve("a");
    serve("b");
    ManagedChannel channel = channel();
    Load.await(() -> names(channel).size() == 2, "both servers");
    user.drain(POOL, first.element().element().elementId());
    Load.await(() -> names(channel).equals(Set.of("b")), "the other one only");
    Load.await(first.server()::isTerminated, "the end of the server");
  }

  @Test
  void aServiceConfigurationOfOnesOwnGoesFirst() throws IOException {
    serve("a");
    ManagedChannel channel =
        keep(
            Grpc.newChannelBuilder(
                    "rserpool://" + address() + "/EchoPool", InsecureChannelCredentials.create())
                .disableServiceConfigLookUp()
                .defaultServiceConfig(
                    Map.of(
                        "loadBalancingConfig",
                        List.of(Map.of("rserpool", Map.of("connectionsMax", 3.0)))))
                .build());
    assertThat(say(channel)).isEqualTo("a:hi");
  }
}
