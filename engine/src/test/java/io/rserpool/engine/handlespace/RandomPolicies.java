package io.rserpool.engine.handlespace;

import io.rserpool.protocol.Policy;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Policies with random values, for tests.
final class RandomPolicies {

  /// One policy with random values.
  static final List<Function<RandomGenerator, Policy>> ALL =
      List.of(
          _ -> Policy.RoundRobin.INSTANCE,
          r -> new Policy.WeightedRoundRobin(r.nextInt(6)),
          r -> new Policy.WeightedRoundRobin(r.nextInt(3) == 0 ? value(r) : r.nextInt(1, 100)),
          _ -> new Policy.Random(),
          r -> new Policy.WeightedRandom(r.nextInt(5)),
          r -> new Policy.Priority(r.nextInt(4)),
          r -> new Policy.LeastUsed(value(r)),
          r -> new Policy.LeastUsedDegradation(r.nextInt(4), r.nextInt(3)),
          r -> new Policy.LeastUsedDegradation(value(r), value(r)),
          r -> new Policy.PriorityLeastUsed(value(r), value(r)),
          r -> new Policy.RandomizedLeastUsed(value(r)),
          r -> new Policy.RandomizedPriorityLeastUsed(value(r), value(r)),
          r -> new Policy.RandomizedLeastUsedDegradation(value(r), value(r)),
          r -> new Policy.RandomizedPriorityLeastUsedDegradation(value(r), value(r)),
          r -> new Policy.PriorityLeastUsedDegradation(r.nextInt(9), r.nextInt(9)),
          r -> new Policy.WeightedRandomDpf(value(r), value(r), r.nextInt(3)),
          r -> new Policy.LeastUsedDpf(value(r), r.nextInt(9), r.nextInt(9)),
          r -> new Policy.LeastUsedDegradationDpf(value(r), value(r), value(r), value(r)),
          r -> new Policy.PriorityLeastUsedDpf(r.nextInt(9), r.nextInt(9), r.nextInt(9), 3),
          r ->
              new Policy.PriorityLeastUsedDegradationDpf(
                  r.nextInt(9), r.nextInt(9), 2, r.nextInt(4)),
          r -> new Policy.MostUsed(value(r)));

  /// Small numbers, so that there are ties, and very large ones, so that there are overflows.
  private static long value(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> Policy.FULL - random.nextInt(3);
      case 1 -> random.nextLong(Policy.FULL);
      default -> random.nextInt(5);
    };
  }

  private RandomPolicies() {}
}
