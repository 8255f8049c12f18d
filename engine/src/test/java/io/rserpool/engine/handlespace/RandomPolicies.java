package io.rserpool.engine.handlespace;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
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

  /// A policy that is unknown, or one of our own that makes sense or not.
  static Policy strange(RandomGenerator random) {
    Octets fields = Octets.of((byte) random.nextInt(8));
    return new Policy.Extension(random.nextInt(3) == 0 ? 0xb000_9999L : EvenFirst.TYPE, fields);
  }

  /// Whether elements are drawn rather than sorted.
  static boolean isDrawn(Policy policy) {
    return policy.getClass().getSimpleName().contains("Random");
  }

  /// A transport of another type or use than that of [Elements].
  static TransportAddress transport(RandomGenerator random, int id) {
    IpAddress address = new IpAddress.V4(0x0a00_0000 + (id & 0xff_ffff));
    return random.nextBoolean()
        ? new TransportAddress.Udp(address, 7)
        : new AsapTransport.Tcp(address, 7, TransportUse.DATA_PLUS_CONTROL);
  }

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
