package io.rserpool.bench.handlespace;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.Arrays;
import java.util.SplittableRandom;

/// The elements of one pool, as if each had been decoded by itself: no two share an object.
public final class Workload {

  /// The policies of which RFC 5356 or rsplib say how they are served.
  public enum Choice {
    /// Round robin.
    RR,
    /// Weighted round robin.
    WRR,
    /// Random.
    RAND,
    /// Weighted random.
    WRAND,
    /// Priority.
    PRIO,
    /// Least used.
    LU,
    /// Least used with degradation.
    LUD,
    /// Priority least used.
    PLU,
    /// Priority least used with degradation.
    PLUD,
    /// Randomized least used.
    RLU
  }

  static final PoolHandle POOL = PoolHandle.of("benchmark pool");

  private static final long SEED = 20_080_901;

  private Workload() {}

  /// Elements with identifiers in random order.
  static PoolElementParameter[] elements(Choice choice, int size) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] ids = random.ints().filter(id -> id != 0).distinct().limit(size).toArray();
    return Arrays.stream(ids)
        .mapToObj(id -> element(id, choice, random))
        .toArray(PoolElementParameter[]::new);
  }

  /// The same elements, registering again: adaptive policies bring a new load, others nothing new.
  static PoolElementParameter[] renewed(PoolElementParameter[] elements, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Arrays.stream(elements)
        .map(e -> copy(e, e.policy().withLoad(random.nextLong(Policy.FULL))))
        .toArray(PoolElementParameter[]::new);
  }

  private static PoolElementParameter element(int id, Choice choice, SplittableRandom random) {
    IpAddress address = new IpAddress.V4(random.nextInt());
    return new PoolElementParameter(
        new ElementId(id),
        new ServerId(1),
        300,
        new AsapTransport.Tcp(address, 7),
        policy(choice, random),
        new AsapTransport.Tcp(new IpAddress.V4(random.nextInt()), 3863));
  }

  private static PoolElementParameter copy(PoolElementParameter e, Policy policy) {
    return new PoolElementParameter(
        new ElementId(e.elementId().value()),
        new ServerId(e.homeId().value()),
        e.registrationLife(),
        copy((AsapTransport.Tcp) e.userTransport()),
        policy,
        copy((AsapTransport.Tcp) e.asapTransport()));
  }

  private static AsapTransport.Tcp copy(AsapTransport.Tcp transport) {
    IpAddress address = IpAddress.ofBytes(transport.address().toBytes());
    return new AsapTransport.Tcp(address, transport.port());
  }

  private static Policy policy(Choice choice, SplittableRandom random) {
    long load = random.nextLong(Policy.FULL);
    long degradation = random.nextLong(2_000);
    return switch (choice) {
      case RR -> new Policy.RoundRobin();
      case WRR -> new Policy.WeightedRoundRobin(random.nextLong(1, 11));
      case RAND -> new Policy.Random();
      case WRAND -> new Policy.WeightedRandom(random.nextLong(1, 11));
      case PRIO -> new Policy.Priority(random.nextLong(10));
      case LU -> new Policy.LeastUsed(load);
      case LUD -> new Policy.LeastUsedDegradation(load, degradation);
      case PLU -> new Policy.PriorityLeastUsed(load, degradation);
      case PLUD -> new Policy.PriorityLeastUsedDegradation(load, degradation);
      case RLU -> new Policy.RandomizedLeastUsed(load);
    };
  }
}
