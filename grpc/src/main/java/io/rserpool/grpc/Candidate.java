package io.rserpool.grpc;

import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.Subchannel;
import io.rserpool.engine.policy.Member;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.TransportAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// An element of the pool with the connection to it.
///
/// The policy belongs to [Choice] and its lock, the attempts to everybody, the rest to the channel's
/// synchronization context.
final class Candidate extends Member {

  private final ElementId elementId;
  private final TransportAddress address;
  private final Subchannel subchannel;
  private final PickResult result;
  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();
  private volatile boolean isGone;
  private Policy policy;
  ConnectivityState state = ConnectivityState.IDLE;

  /// Whether it could not be reached the last time.
  boolean isFailing;

  /// Whether the registrar still lists it.
  boolean isListed = true;

  Candidate(PoolElementParameter element, Subchannel subchannel) {
    elementId = element.elementId();
    address = element.userTransport();
    policy = element.policy();
    this.subchannel = subchannel;
    result = PickResult.withSubchannel(subchannel);
  }

  ElementId elementId() {
    return elementId;
  }

  Subchannel subchannel() {
    return subchannel;
  }

  /// What a picker answers that has chosen it.
  PickResult result() {
    return result;
  }

  /// Whether the connection leads to where the element is now.
  boolean isAt(TransportAddress newAddress) {
    return address.equals(newAddress);
  }

  @Override
  public Policy policy() {
    return policy;
  }

  void policy(Policy newPolicy) {
    policy = newPolicy;
  }

  void enter(Attempt attempt) {
    attempts.add(attempt);
    if (isGone) {
      Thread.ofVirtual().name("rserpool-grpc-gone").start(attempt::gone);
    }
  }

  void leave(Attempt attempt) {
    attempts.remove(attempt);
  }

  /// The registrar has removed it: whoever waits for its answer may ask another one.
  void gone() {
    isGone = true;
    List<Attempt> waiting = List.copyOf(attempts);
    if (!waiting.isEmpty()) {
      // Off the channel's own context, which has more to do than to start calls.
      Thread.ofVirtual().name("rserpool-grpc-gone").start(() -> waiting.forEach(Attempt::gone));
    }
  }
}
