package io.rserpool.engine.registrar;

import io.rserpool.engine.access.Decision;
import io.rserpool.engine.handlespace.PoolView;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapHandleResolution;
import java.util.Optional;

/// Answers handle resolutions (RFC 5352 section 3.3).
final class Resolutions {

  private final Turn turn;
  private final Membership membership;
  private final Answers answers;
  private final Subscriptions subscriptions;
  private final Readiness readiness;
  private final RateLimits limits;
  private final Gate gate;

  Resolutions(
      Turn turn,
      Membership membership,
      Answers answers,
      Subscriptions subscriptions,
      Readiness readiness,
      RateLimits limits,
      Gate gate) {
    this.turn = turn;
    this.membership = membership;
    this.answers = answers;
    this.subscriptions = subscriptions;
    this.readiness = readiness;
    this.limits = limits;
    this.gate = gate;
  }

  /// A handle resolution has come.
  void received(Association association, AsapHandleResolution message) {
    PoolHandle handle = message.handle();
    Optional<PoolView> pool = membership.handlespace().pool(handle);
    if (!isAllowed(association, handle, pool)) {
      turn.send(association.id(), answers.refused(handle, CauseCode.LACK_OF_RESOURCES));
      limits.refused(association, "handle resolutions");
      return;
    }
    association.forgetRefusals();
    Decision right = association.rights().resolve(handle);
    if (!right.isAllowed()) {
      gate.refused(association, "resolve pool " + handle, right.reason());
      turn.send(association.id(), answers.refused(handle, CauseCode.SECURITY));
      return;
    }
    if (!message.sendUpdates()) {
      subscriptions.unsubscribe(association, handle);
    }
    if (pool.isEmpty() || !readiness.isServing()) {
      boolean isKnownToBeUnknown = readiness.isReady(turn.nowNs());
      turn.send(
          association.id(),
          answers.refused(
              handle,
              isKnownToBeUnknown ? CauseCode.UNKNOWN_POOL_HANDLE : CauseCode.LACK_OF_RESOURCES));
      return;
    }
    boolean updates =
        message.sendUpdates()
            && mayWatch(association, handle)
            && subscriptions.subscribe(association, handle);
    turn.send(association.id(), answers.select(message, updates));
  }

  private boolean mayWatch(Association association, PoolHandle handle) {
    Decision right = association.rights().watch(handle);
    if (!right.isAllowed()) {
      gate.refused(association, "watch pool " + handle, right.reason());
    }
    return right.isAllowed();
  }

  private boolean isAllowed(Association association, PoolHandle handle, Optional<PoolView> pool) {
    if (!limits.allows(RateLimits.What.RESOLUTION, association)) {
      return false;
    }
    return pool.isEmpty()
        || !keepsState(pool.get().policy())
        || limits.allows(RateLimits.What.POOL_RESOLUTION, association, handle);
  }

  /// Whether a selection changes the next one, so that who asks often distorts it for the others.
  private static boolean keepsState(Policy policy) {
    return switch (policy) {
      case Policy.Random _,
          Policy.WeightedRandom _,
          Policy.WeightedRandomDpf _,
          Policy.RandomizedLeastUsed _,
          Policy.RandomizedPriorityLeastUsed _ ->
          false;
      case Policy.RoundRobin _,
          Policy.WeightedRoundRobin _,
          Policy.Priority _,
          Policy.LeastUsed _,
          Policy.LeastUsedDegradation _,
          Policy.PriorityLeastUsed _,
          Policy.RandomizedLeastUsedDegradation _,
          Policy.PriorityLeastUsedDegradation _,
          Policy.RandomizedPriorityLeastUsedDegradation _,
          Policy.LeastUsedDpf _,
          Policy.LeastUsedDegradationDpf _,
          Policy.PriorityLeastUsedDpf _,
          Policy.PriorityLeastUsedDegradationDpf _,
          Policy.MostUsed _,
          Policy.Extension _ ->
          true;
    };
  }
}
