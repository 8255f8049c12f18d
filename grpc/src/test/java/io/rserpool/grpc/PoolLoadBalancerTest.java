package io.rserpool.grpc;

import static io.grpc.ConnectivityState.CONNECTING;
import static io.grpc.ConnectivityState.IDLE;
import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.ResolvedAddresses;
import io.grpc.Status;
import io.rserpool.grpc.FakeHelper.Connection;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolLoadBalancerTest {

  private static final Policy ROUND_ROBIN = new Policy.RoundRobin();

  private final FakeHelper helper = new FakeHelper();
  private final PoolLoadBalancer balancer = new PoolLoadBalancer(helper, new SplittableRandom(11));
  private final List<ElementId> reported = new ArrayList<>();

  private Status told(PoolElementParameter... elements) {
    return told(RserpoolLoadBalancerProvider.DEFAULTS, elements);
  }

  private Status told(Object config, PoolElementParameter... elements) {
    Policy policy = elements.length == 0 ? ROUND_ROBIN : elements[0].policy();
    PoolSource source = new PoolSource(PoolHandle.of("EchoPool"), policy, reported::add);
    return balancer.acceptResolvedAddresses(
        ResolvedAddresses.newBuilder()
            .setAddresses(List.of(elements).stream().map(PoolLoadBalancerTest::address).toList())
            .setAttributes(Attributes.newBuilder().set(PoolSource.KEY, source).build())
            .setLoadBalancingPolicyConfig(config)
            .build());
  }

  private static EquivalentAddressGroup address(PoolElementParameter element) {
    return new EquivalentAddressGroup(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), element.userTransport().port()),
        Attributes.newBuilder().set(PoolSource.ELEMENT, element).build());
  }

  private static PoolElementParameter element(int id) {
    return Elements.of(id, ROUND_ROBIN);
  }

  private Connection connection(int index) {
    return helper.connections.get(index);
  }

  @Test
  void callsWaitForTheFirstConnectionAndThenTakeTurns() {
    assertThat(told(element(1), element(2)).isOk()).isTrue();
    assertThat(helper.connections).extracting(c -> c.requests).containsExactly(1, 1);
    assertThat(helper.state).isEqualTo(CONNECTING);
    assertThat(helper.pick().hasResult()).isFalse();

    connection(0).becomes(READY);
    assertThat(helper.state).isEqualTo(READY);
    assertThat(helper.pick().getSubchannel()).isSameAs(connection(0));
    assertThat(helper.pick().getSubchannel()).isSameAs(connection(0));

    connection(1).becomes(READY);
    assertThat(List.of(helper.pick().getSubchannel(), helper.pick().getSubchannel()))
        .containsExactlyInAnyOrder(connection(0), connection(1));
  }

  @Test
  void anElementThatIsRemovedIsDroppedAtOnceAndItsCallsAreTold() throws InterruptedException {
    told(element(1), element(2));
    connection(0).becomes(READY);
    CountDownLatch gone = new CountDownLatch(1);
    Attempt attempt = new Attempt(List.of(), gone::countDown);
    helper.pick(CallOptions.DEFAULT.withOption(Attempt.KEY, attempt));
    connection(1).becomes(READY);

    told(element(2));

    assertThat(connection(0).isShutDown).isTrue();
    assertThat(helper.pick().getSubchannel()).isSameAs(connection(1));
    assertThat(helper.pick().getSubchannel()).isSameAs(connection(1));
    assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(connection(1).isShutDown).isFalse();
  }

  @Test
  void anAttemptThatIsSentToARemovedElementIsToldAsWell() throws InterruptedException {
    told(element(1), element(2));
    connection(0).becomes(READY);
    var oldPicker = helper.picker;
    Attempt first = new Attempt(List.of(), () -> {});
    helper.pick(CallOptions.DEFAULT.withOption(Attempt.KEY, first));
    Candidate candidate = first.element().getFirst();
    told(element(2));
    CountDownLatch gone = new CountDownLatch(1);
    new Attempt(List.of(), gone::countDown).sentTo(candidate);
    assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(helper.picker).isNotSameAs(oldPicker);
  }

  @Test
  void anElementThatCannotBeReachedIsReportedOnceUntilItIsReachedAgain() {
    told(element(1), element(2));
    connection(1).becomes(READY);
    connection(0).becomes(TRANSIENT_FAILURE);
    connection(0).becomes(CONNECTING);
    connection(0).becomes(TRANSIENT_FAILURE);
    assertThat(reported).containsExactly(new ElementId(1));
    connection(0).becomes(READY);
    connection(0).becomes(IDLE);
    connection(0).becomes(TRANSIENT_FAILURE);
    assertThat(reported).containsExactly(new ElementId(1), new ElementId(1));
    assertThat(helper.pick().getSubchannel()).isSameAs(connection(1));
  }

  @Test
  void aConnectionThatIsLostIsMadeAgain() {
    told(element(1));
    connection(0).becomes(READY);
    connection(0).becomes(IDLE);
    assertThat(connection(0).requests).isEqualTo(2);
    assertThat(helper.pick().hasResult()).isFalse();
  }

  @Test
  void callsFailWhenNoElementCanBeReachedAndWhenThereIsNone() {
    told(element(1));
    connection(0).becomes(TRANSIENT_FAILURE);
    connection(0).becomes(CONNECTING);
    assertThat(helper.state).isEqualTo(TRANSIENT_FAILURE);
    assertThat(helper.pick().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(helper.pick().getStatus().getDescription()).contains("EchoPool", "refused");

    assertThat(told().isOk()).isTrue();
    assertThat(connection(0).isShutDown).isTrue();
    assertThat(helper.pick().getStatus().getDescription()).contains("EchoPool", "no element");
  }

  @Test
  void aConnectionThatStandsIsUsedWhenARegistrarKnowsNobodyAnyMore() {
    told(element(1));
    connection(0).becomes(READY);
    told();
    assertThat(helper.pick().getSubchannel()).isSameAs(connection(0));
    told(element(1));
    assertThat(helper.connections).hasSize(1);
    told();
    connection(0).becomes(IDLE);
    assertThat(connection(0).isShutDown).isTrue();
    assertThat(helper.state).isEqualTo(TRANSIENT_FAILURE);
  }

  @Test
  void anElementThatHasMovedIsConnectedAnew() {
    told(Elements.at(1, 7001, ROUND_ROBIN));
    connection(0).becomes(READY);
    told(Elements.at(1, 7002, ROUND_ROBIN));
    assertThat(connection(0).isShutDown).isTrue();
    connection(1).becomes(READY);
    assertThat(helper.pick().getSubchannel()).isSameAs(connection(1));
    connection(0).becomes(IDLE);
    assertThat(helper.pick().getSubchannel()).isSameAs(connection(1));
  }

  @Test
  void aLargePoolIsConnectedToInPart() {
    PoolElementParameter[] all =
        IntStream.rangeClosed(1, 20)
            .mapToObj(PoolLoadBalancerTest::element)
            .toArray(PoolElementParameter[]::new);
    var settings = new RserpoolLoadBalancerProvider.Settings(5);
    told(settings, all);
    assertThat(helper.connections).hasSize(5);
    told(settings, all);
    assertThat(helper.connections).hasSize(5).noneMatch(connection -> connection.isShutDown);
  }

  @Test
  void ofALargePoolTheHighestPrioritiesAreConnectedTo() {
    PoolElementParameter[] all =
        IntStream.rangeClosed(1, 20)
            .mapToObj(id -> Elements.of(id, new Policy.Priority(id)))
            .toArray(PoolElementParameter[]::new);
    told(new RserpoolLoadBalancerProvider.Settings(2), all);
    assertThat(helper.connections)
        .extracting(c -> ((InetSocketAddress) c.getAddresses().getAddresses().get(0)).getPort())
        .containsExactlyInAnyOrder(7019, 7020);
  }

  @Test
  void anotherResolversAddressesAreRefused() {
    Status status =
        balancer.acceptResolvedAddresses(
            ResolvedAddresses.newBuilder().setAddresses(List.of(address(element(1)))).build());
    assertThat(status.getDescription()).contains("rserpool:///");
    assertThat(helper.pick().getStatus().getDescription()).contains("rserpool:///");
  }

  @Test
  void anErrorOfTheResolverCountsOnlyWhileThereIsNobody() {
    balancer.handleNameResolutionError(Status.UNAVAILABLE.withDescription("no registrar"));
    assertThat(helper.pick().getStatus().getDescription()).isEqualTo("no registrar");
    told(element(1));
    connection(0).becomes(READY);
    balancer.handleNameResolutionError(Status.UNAVAILABLE.withDescription("no registrar"));
    assertThat(helper.pick().getSubchannel()).isSameAs(connection(0));
  }

  @Test
  void allConnectionsEndWithTheBalancer() {
    told(element(1), element(2));
    balancer.shutdown();
    assertThat(helper.connections).allMatch(connection -> connection.isShutDown);
  }
}
