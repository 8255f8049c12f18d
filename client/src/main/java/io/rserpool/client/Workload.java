package io.rserpool.client;

import io.rserpool.net.status.StatusReport;
import io.rserpool.protocol.Policy;

/// The load of a policy, as a status report tells it.
final class Workload {

  private static final long FULL = 0xfffe;

  private Workload() {}

  /// 0 to 0xfffe, or [StatusReport#NO_WORKLOAD] for policies without a load.
  static int of(Policy policy) {
    return switch (policy) {
      case Policy.LeastUsed p -> share(p.load());
      case Policy.LeastUsedDegradation p -> share(p.load());
      case Policy.PriorityLeastUsed p -> share(p.load());
      case Policy.RandomizedLeastUsed p -> share(p.load());
      case Policy.RandomizedPriorityLeastUsed p -> share(p.load());
      case Policy.RandomizedLeastUsedDegradation p -> share(p.load());
      case Policy.PriorityLeastUsedDegradation p -> share(p.load());
      case Policy.RandomizedPriorityLeastUsedDegradation p -> share(p.load());
      case Policy.LeastUsedDpf p -> share(p.load());
      case Policy.LeastUsedDegradationDpf p -> share(p.load());
      case Policy.PriorityLeastUsedDpf p -> share(p.load());
      case Policy.PriorityLeastUsedDegradationDpf p -> share(p.load());
      case Policy.MostUsed p -> share(p.load());
      case Policy.RoundRobin _,
          Policy.WeightedRoundRobin _,
          Policy.Random _,
          Policy.WeightedRandom _,
          Policy.Priority _,
          Policy.WeightedRandomDpf _,
          Policy.Extension _ ->
          StatusReport.NO_WORKLOAD;
    };
  }

  private static int share(long load) {
    return (int) Math.round(load / (double) Policy.FULL * FULL);
  }
}
