package io.rserpool.engine.user;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.asap.AsapHandleResolution;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A registrar's last word on one pool: the elements in the order in which they should be used, and
/// how
/// far they have been used.
final class CachedPool {

  private final Policy policy;
  private final List<PoolElementParameter> elements;
  private final long items;
  private final long answeredNs;
  private boolean isPushed;
  private int next;

  /// @param items how many elements were asked for
  /// @param isPushed whether the registrar tells changes by itself
  CachedPool(
      Policy policy,
      List<PoolElementParameter> elements,
      long items,
      long answeredNs,
      boolean isPushed) {
    this.policy = policy;
    this.elements = new ArrayList<>(elements);
    this.items = items;
    this.answeredNs = answeredNs;
    this.isPushed = isPushed;
  }

  Policy policy() {
    return policy;
  }

  boolean isPushed() {
    return isPushed;
  }

  boolean isEmpty() {
    return elements.isEmpty();
  }

  long ageNs(long nowNs) {
    return nowNs - answeredNs;
  }

  /// The registrar that would push changes is gone.
  void notPushed() {
    isPushed = false;
  }

  /// Whether it has what a caller wants, or all that the registrar would give.
  boolean suffices(long wanted) {
    return wanted == 0
        ? items == 0 || items == AsapHandleResolution.ALL_ITEMS
        : elements.size() >= wanted || items == 0 || items >= wanted;
  }

  /// At most as many elements as wanted; 0 for all.
  List<PoolElementParameter> first(int wanted) {
    return List.copyOf(
        wanted == 0 || wanted >= elements.size() ? elements : elements.subList(0, wanted));
  }

  /// Goes on behind the element that was used last in an older list: a pushed list is the pool's
  /// order,
  /// not this user's turn in it.
  void continueAfter(CachedPool older) {
    if (!isTurnBased() || older.elements.isEmpty() || older.next == 0) {
      return;
    }
    int lastUsed = (older.next - 1) % older.elements.size();
    int position = indexOf(older.elements.get(lastUsed).elementId());
    next = position + 1;
  }

  void drop(ElementId elementId) {
    int position = indexOf(elementId);
    if (position < 0) {
      return;
    }
    elements.remove(position);
    if (position < next) {
      next--;
    }
  }

  /// Chooses one element by the pool's policy, as RFC 5356 wants it at the pool user: the registrar
  /// has
  /// applied weights and loads already.
  ///
  /// @param preferred this one if it is there
  PoolElementParameter select(ElementId preferred, RandomGenerator random) {
    int position = preferred.isNone() ? -1 : indexOf(preferred);
    if (position >= 0) {
      return elements.get(position);
    }
    return switch (policy) {
      // RFC 5356 sections 4.3.3, 4.4.3 and 5.4.3: one at random, each time anew.
      case Policy.Random _,
          Policy.WeightedRandom _,
          Policy.WeightedRandomDpf _,
          Policy.RandomizedLeastUsed _,
          Policy.RandomizedPriorityLeastUsed _,
          Policy.RandomizedLeastUsedDegradation _,
          Policy.RandomizedPriorityLeastUsedDegradation _ ->
          elements.get(random.nextInt(elements.size()));
      // RFC 5356 section 4.5.3: always the highest priority.
      case Policy.Priority _ -> selectHighestPriority();
      // RFC 5356 sections 4.1.3, 4.2.3, 5.1.3, 5.2.3 and 5.3.3: in the order of the list.
      case Policy.RoundRobin _,
          Policy.WeightedRoundRobin _,
          Policy.LeastUsed _,
          Policy.LeastUsedDegradation _,
          Policy.PriorityLeastUsed _,
          Policy.PriorityLeastUsedDegradation _,
          Policy.LeastUsedDpf _,
          Policy.LeastUsedDegradationDpf _,
          Policy.PriorityLeastUsedDpf _,
          Policy.PriorityLeastUsedDegradationDpf _,
          Policy.MostUsed _,
          Policy.Extension _ ->
          selectNext();
    };
  }

  private PoolElementParameter selectNext() {
    if (next >= elements.size()) {
      next = 0;
    }
    return elements.get(next++);
  }

  /// The next in the list among those of highest priority.
  private PoolElementParameter selectHighestPriority() {
    long highest = elements.stream().mapToLong(CachedPool::priority).max().orElse(0);
    PoolElementParameter candidate = selectNext();
    while (priority(candidate) != highest) {
      candidate = selectNext();
    }
    return candidate;
  }

  private static long priority(PoolElementParameter element) {
    return element.policy() instanceof Policy.Priority(long priority) ? priority : 0;
  }

  private boolean isTurnBased() {
    return policy instanceof Policy.RoundRobin || policy instanceof Policy.WeightedRoundRobin;
  }

  private int indexOf(ElementId elementId) {
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).elementId().equals(elementId)) {
        return i;
      }
    }
    return -1;
  }
}
