package io.rserpool.engine.handlespace;

import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Elements of pools that agree in most things, or not, as the scope is divided or not.
final class RandomElements {

  private static final int FEW = 6;
  private static final int MANY = 40;

  private static final List<ServerId> HOMES =
      List.of(
          ServerId.NONE,
          ServerId.of(1),
          ServerId.of(2),
          ServerId.of(0x7fff_ffff),
          ServerId.of(0x8000_0000),
          ServerId.of(-1));

  private final RandomGenerator random;

  /// Whether elements come that agree with nothing.
  private final boolean divided;

  /// How many identifiers there are. With few the same elements come again and again.
  private final int ids;

  private final Map<PoolHandle, List<Integer>> kinds = new TreeMap<>();

  /// @param seed one of three is of a scope that is not divided
  RandomElements(RandomGenerator random, long seed) {
    this.random = random;
    this.divided = seed % 3 != 0;
    this.ids = seed % 3 == 1 ? FEW : MANY;
  }

  int id() {
    return (random.nextInt(8) == 0 ? -1 : 1) * (1 + random.nextInt(ids));
  }

  ServerId home() {
    return HOMES.get(random.nextInt(HOMES.size()));
  }

  /// A pool that is gone may come back with other policies.
  void forget(PoolHandle handle) {
    kinds.remove(handle);
  }

  PoolElementParameter next(PoolHandle handle, int id) {
    int kindCount = RandomPolicies.ALL.size();
    List<Integer> ofPool =
        kinds.computeIfAbsent(
            handle, _ -> List.of(random.nextInt(kindCount), random.nextInt(kindCount)));
    Policy policy =
        switch (divided ? random.nextInt(ids == FEW ? 4 : 8) : 7) {
          case 0 -> RandomPolicies.strange(random);
          case 1, 2 -> RandomPolicies.ALL.get(ofPool.getLast()).apply(random);
          default -> RandomPolicies.ALL.get(ofPool.getFirst()).apply(random);
        };
    PoolElementParameter element = Elements.element(id, home(), policy);
    return divided && random.nextInt(8) == 0
        ? element.withUserTransport(RandomPolicies.transport(random, id))
        : element;
  }
}
