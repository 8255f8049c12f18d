package io.rserpool.grpc;

import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Keeps a connection to each element of a pool and lets the pool's policy choose among those that
/// stand. What the registrar removes is dropped at once; what cannot be reached is reported to the
/// registrar, once until it is reached again.
///
/// Everything here happens in the channel's synchronization context.
final class PoolLoadBalancer extends LoadBalancer {

  private static final PoolHandle NO_POOL = PoolHandle.of("none");

  private final Helper helper;
  private final RandomGenerator random;
  private final Choice choice;
  private final Map<ElementId, Candidate> candidates = new LinkedHashMap<>();
  private PoolSource source = new PoolSource(NO_POOL, Policy.RoundRobin.INSTANCE, _ -> {});
  private Status lastFailure = Status.UNAVAILABLE;

  PoolLoadBalancer(Helper helper) {
    this(helper, new SplittableRandom());
  }

  PoolLoadBalancer(Helper helper, RandomGenerator random) {
    this.helper = helper;
    this.random = random;
    choice = new Choice(random);
  }

  @Override
  public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
    PoolSource told = resolved.getAttributes().get(PoolSource.KEY);
    if (told == null) {
      Status misplaced =
          Status.UNAVAILABLE.withDescription(
              "the load balancing policy rserpool expects a target rserpool:///PoolHandle, but "
                  + helper.getAuthority()
                  + " was resolved by somebody else");
      handleNameResolutionError(misplaced);
      return misplaced;
    }
    source = told;
    List<PoolElementParameter> listed = new ArrayList<>();
    for (EquivalentAddressGroup group : resolved.getAddresses()) {
      listed.add(Objects.requireNonNull(group.getAttributes().get(PoolSource.ELEMENT)));
    }
    if (listed.isEmpty()) {
      keepWhatStands();
    } else {
      listed(listed, resolved);
    }
    updatePicker();
    return Status.OK;
  }

  /// An empty pool has nobody to turn to instead, and may be no more than a registrar that has lost
  /// its memory: connections that stand are used until they end.
  private void keepWhatStands() {
    for (Candidate candidate : List.copyOf(candidates.values())) {
      candidate.isListed = false;
      if (candidate.state != ConnectivityState.READY) {
        drop(candidate);
      }
    }
  }

  private void listed(List<PoolElementParameter> listed, ResolvedAddresses resolved) {
    int max =
        resolved.getLoadBalancingPolicyConfig()
                instanceof RserpoolLoadBalancerProvider.Settings settings
            ? settings.connectionsMax()
            : RserpoolLoadBalancerProvider.DEFAULTS.connectionsMax();
    List<PoolElementParameter> wanted = Connected.among(listed, this::isOfUse, max, random);
    Map<ElementId, Candidate> before = new LinkedHashMap<>(candidates);
    List<Candidate> present = new ArrayList<>();
    List<Policy> values = new ArrayList<>();
    List<Candidate> fresh = new ArrayList<>();
    for (PoolElementParameter element : wanted) {
      Candidate candidate = before.get(element.elementId());
      if (candidate != null && candidate.isAt(element.userTransport())) {
        before.remove(element.elementId());
        candidate.isListed = true;
      } else {
        candidate = create(element, resolved);
        fresh.add(candidate);
      }
      present.add(candidate);
      values.add(element.policy());
    }
    before.values().forEach(this::drop);
    present.forEach(candidate -> candidates.put(candidate.elementId(), candidate));
    choice.told(source.policy(), present, values);
    fresh.forEach(this::connect);
  }

  /// Whether there is a connection that is worth keeping.
  private boolean isOfUse(ElementId elementId) {
    Candidate candidate = candidates.get(elementId);
    return candidate != null && !candidate.isFailing;
  }

  private Candidate create(PoolElementParameter element, ResolvedAddresses resolved) {
    EquivalentAddressGroup address =
        resolved.getAddresses().stream()
            .filter(group -> element.equals(group.getAttributes().get(PoolSource.ELEMENT)))
            .findFirst()
            .orElseThrow();
    return new Candidate(
        element,
        helper.createSubchannel(CreateSubchannelArgs.newBuilder().setAddresses(address).build()));
  }

  private void connect(Candidate candidate) {
    candidate.subchannel().start(info -> changed(candidate, info));
    candidate.subchannel().requestConnection();
  }

  /// Takes it out of everything. gRPC lets calls that are on their way end; those that can be
  /// repeated are repeated now.
  private void drop(Candidate candidate) {
    candidates.remove(candidate.elementId(), candidate);
    choice.remove(candidate);
    candidate.subchannel().shutdown();
    candidate.gone();
  }

  private void changed(Candidate candidate, ConnectivityStateInfo info) {
    if (candidates.get(candidate.elementId()) != candidate) {
      return;
    }
    candidate.state = info.getState();
    if (info.getState() == ConnectivityState.READY) {
      candidate.isFailing = false;
      choice.add(candidate);
    } else {
      choice.remove(candidate);
      disconnected(candidate, info);
    }
    updatePicker();
  }

  private void disconnected(Candidate candidate, ConnectivityStateInfo info) {
    if (!candidate.isListed) {
      drop(candidate);
      return;
    }
    switch (info.getState()) {
      case IDLE -> candidate.subchannel().requestConnection();
      case TRANSIENT_FAILURE -> {
        lastFailure = info.getStatus();
        if (!candidate.isFailing) {
          candidate.isFailing = true;
          source.unreachable().accept(candidate.elementId());
        }
      }
      case CONNECTING, READY, SHUTDOWN -> {
        // Nothing to do but to wait.
      }
    }
  }

  private void updatePicker() {
    if (!choice.isEmpty()) {
      helper.updateBalancingState(ConnectivityState.READY, new PoolPicker(choice));
    } else if (candidates.values().stream().anyMatch(candidate -> !candidate.isFailing)) {
      helper.updateBalancingState(
          ConnectivityState.CONNECTING, new FixedResultPicker(PickResult.withNoResult()));
    } else {
      Status status =
          candidates.isEmpty()
              ? Status.UNAVAILABLE.withDescription(
                  "pool=" + source.handle() + " has no element that serves over TCP")
              : Status.UNAVAILABLE
                  .withDescription(
                      "pool=%s: none of its elements can be reached, the last one because of %s"
                          .formatted(source.handle(), lastFailure.getDescription()))
                  .withCause(lastFailure.getCause());
      fail(status);
    }
  }

  private void fail(Status status) {
    helper.updateBalancingState(
        ConnectivityState.TRANSIENT_FAILURE, new FixedResultPicker(PickResult.withError(status)));
  }

  @Override
  public void handleNameResolutionError(Status error) {
    if (candidates.isEmpty()) {
      fail(error);
    }
  }

  @Override
  public void requestConnection() {
    candidates.values().forEach(candidate -> candidate.subchannel().requestConnection());
  }

  @Override
  public void shutdown() {
    List.copyOf(candidates.values()).forEach(this::shutDown);
    candidates.clear();
  }

  /// The channel goes idle or ends; the elements have done nothing wrong.
  private void shutDown(Candidate candidate) {
    choice.remove(candidate);
    candidate.subchannel().shutdown();
  }
}
