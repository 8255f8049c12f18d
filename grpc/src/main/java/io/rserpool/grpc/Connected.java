package io.rserpool.grpc;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Which elements of a pool a channel connects to when there are more than it may.
final class Connected {

  private Connected() {}

  /// The highest priorities first, since only these are chosen while they live; then those that are
  /// connected already, since a connection is worth more than a bit of load; then any, so that the
  /// channels of many clients spread over the whole pool.
  static List<PoolElementParameter> among(
      List<PoolElementParameter> listed,
      Predicate<ElementId> isConnected,
      int max,
      RandomGenerator random) {
    if (listed.size() <= max) {
      return listed;
    }
    List<PoolElementParameter> order = new ArrayList<>(listed);
    Collections.shuffle(order, random);
    order.sort(
        Comparator.comparingLong(Connected::priority)
            .reversed()
            .thenComparing(element -> !isConnected.test(element.elementId())));
    return List.copyOf(order.subList(0, max));
  }

  private static long priority(PoolElementParameter element) {
    return element.policy() instanceof Policy.Priority(long priority) ? priority : 0;
  }
}
