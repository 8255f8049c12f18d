package io.rserpool.engine.handlespace;

import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a pool does, said as plainly as possible: a list that is sorted anew for every answer, and
/// exact arithmetic. Slow, and the measure for the real one.
final class NaivePool {

  /// One element.
  static final class Element {
    PoolElementParameter parameter;
    long sequence;
    int count;
    private boolean due;
    private long begin;
    private long turn;

    Element(PoolElementParameter parameter) {
      this.parameter = parameter;
    }

    int id() {
      return parameter.elementId().value();
    }
  }

  private static final BigInteger FULL = BigInteger.valueOf(Policy.FULL);
  private static final long ROUND = 1L << 32;

  final List<Element> elements = new ArrayList<>();
  private final int steps;
  private long nextSequence;

  // Weighted round robin: the present time and what a selection adds to it.
  private long now;
  private long remainder;

  NaivePool(int steps) {
    this.steps = steps;
  }

  Optional<Element> find(int id) {
    return elements.stream().filter(element -> element.id() == id).findFirst();
  }

  void put(PoolElementParameter parameter) {
    Optional<Element> known = find(parameter.elementId().value());
    if (known.isEmpty()) {
      Element element = new Element(parameter);
      element.sequence = nextSequence++;
      elements.add(element);
      enter(element);
    } else {
      renew(known.get(), parameter);
    }
  }

  private void renew(Element element, PoolElementParameter parameter) {
    long before = weight(element);
    long weightSum = weightSum();
    element.parameter = parameter;
    element.count = 0;
    long after = weight(element);
    if (!isWeightedRoundRobin(parameter.policy()) || before == after) {
      return;
    }
    if (before == 0 || after == 0) {
      element.sequence = nextSequence++;
      if (before != 0) {
        settle(weightSum - before, (double) before * (now - element.begin));
        startTurns();
      } else {
        enter(element);
      }
      return;
    }
    limitRemainder();
    now += (long) ((double) (after - before) * (element.begin - now) / weightSum());
    element.turn = 0;
    element.due = element.begin <= now;
    startTurns();
  }

  void remove(int id) {
    Element element = find(id).orElseThrow();
    elements.remove(element);
    if (weight(element) > 0) {
      settle(weightSum(), (double) weight(element) * (now - element.begin));
      startTurns();
    }
  }

  List<Integer> select(int items) {
    List<Element> order = order();
    List<Element> selected = new ArrayList<>(order.subList(0, Math.min(items, order.size())));
    for (Element element : selected.subList(0, Math.min(steps, selected.size()))) {
      element.sequence = nextSequence++;
      element.count++;
      if (weight(element) > 0) {
        useTurn(element);
      }
    }
    startTurns();
    return selected.stream().map(Element::id).toList();
  }

  List<Integer> preview(int items) {
    return order().stream().limit(items).map(Element::id).toList();
  }

  private List<Element> order() {
    Comparator<Element> byTurn = Comparator.comparingLong(element -> element.sequence);
    if (elements.isEmpty() || !isWeightedRoundRobin(elements.getFirst().parameter.policy())) {
      return elements.stream()
          .sorted(
              Comparator.comparing((Element e) -> rank(e.parameter.policy(), e.count))
                  .thenComparing(byTurn))
          .toList();
    }
    if (weightSum() == 0) {
      return elements.stream().sorted(byTurn).toList();
    }
    List<Element> order =
        new ArrayList<>(
            elements.stream()
                .filter(e -> weight(e) > 0 && e.due)
                .sorted(Comparator.comparingLong(this::end).thenComparing(byTurn))
                .toList());
    elements.stream()
        .filter(e -> weight(e) > 0 && !e.due)
        .sorted(Comparator.comparingLong((Element e) -> e.begin).thenComparing(byTurn))
        .forEach(order::add);
    return order;
  }

  static BigInteger rank(Policy policy, int count) {
    return switch (policy) {
      case Policy.RoundRobin _ -> BigInteger.ZERO;
      case Policy.Priority p -> FULL.subtract(BigInteger.valueOf(p.priority()));
      case Policy.LeastUsed p -> load(p.load(), 0, 0, 0, 0);
      case Policy.LeastUsedDegradation p -> load(p.load(), p.degradation(), count, 0, 0);
      case Policy.PriorityLeastUsed p -> load(p.load(), p.degradation(), 1, 0, 0);
      case Policy.PriorityLeastUsedDegradation p ->
          load(p.load(), p.degradation(), count + 1, 0, 0);
      case Policy.LeastUsedDpf p -> load(p.load(), 0, 0, p.loadDpf(), p.distance());
      case Policy.LeastUsedDegradationDpf p ->
          load(p.load(), p.degradation(), count, p.loadDpf(), p.distance());
      case Policy.PriorityLeastUsedDpf p ->
          load(p.load(), p.degradation(), 1, p.loadDpf(), p.distance());
      case Policy.PriorityLeastUsedDegradationDpf p ->
          load(p.load(), p.degradation(), count + 1, p.loadDpf(), p.distance());
      case Policy.MostUsed p ->
          p.load() == Policy.FULL ? BigInteger.ONE : BigInteger.valueOf(-p.load());
      case Policy.Extension p -> BigInteger.valueOf(p.fields().unsignedByteAt(0));
      case Policy.WeightedRoundRobin _,
          Policy.Random _,
          Policy.WeightedRandom _,
          Policy.RandomizedLeastUsed _,
          Policy.RandomizedPriorityLeastUsed _,
          Policy.RandomizedLeastUsedDegradation _,
          Policy.RandomizedPriorityLeastUsedDegradation _,
          Policy.WeightedRandomDpf _ ->
          throw new IllegalArgumentException("not sorted: " + policy);
    };
  }

  private static BigInteger load(long load, long degradation, int times, long dpf, long distance) {
    return BigInteger.valueOf(load)
        .add(BigInteger.valueOf(degradation).multiply(BigInteger.valueOf(times)))
        .add(BigInteger.valueOf(dpf).multiply(BigInteger.valueOf(distance)))
        .min(FULL);
  }

  private static boolean isWeightedRoundRobin(Policy policy) {
    return policy instanceof Policy.WeightedRoundRobin;
  }

  private static long weight(Element element) {
    return element.parameter.policy() instanceof Policy.WeightedRoundRobin(long weight)
        ? weight
        : 0;
  }

  private long weightSum() {
    return elements.stream().mapToLong(NaivePool::weight).sum();
  }

  private void limitRemainder() {
    if (weightSum() > 0) {
      remainder = Math.min(remainder, weightSum() - 1);
    }
  }

  private void enter(Element element) {
    limitRemainder();
    element.begin = now;
    element.turn = 0;
    element.due = true;
  }

  private void settle(long others, double surplus) {
    limitRemainder();
    if (others > 0) {
      now += (long) (surplus / others);
    }
  }

  private void useTurn(Element element) {
    element.begin = end(element);
    element.turn = (element.turn + 1) % weight(element);
    BigInteger passed = BigInteger.valueOf(ROUND).add(BigInteger.valueOf(remainder));
    BigInteger[] time = passed.divideAndRemainder(BigInteger.valueOf(weightSum()));
    now += time[0].longValueExact();
    remainder = time[1].longValueExact();
    element.due = element.begin <= now;
  }

  private long end(Element element) {
    BigInteger weight = BigInteger.valueOf(weight(element));
    BigInteger from = BigInteger.valueOf(element.turn).shiftLeft(32).divide(weight);
    BigInteger to = BigInteger.valueOf(element.turn + 1).shiftLeft(32).divide(weight);
    return element.begin + to.subtract(from).longValueExact();
  }

  private void startTurns() {
    List<Element> weighty = elements.stream().filter(element -> weight(element) > 0).toList();
    if (!weighty.isEmpty() && weighty.stream().noneMatch(element -> element.due)) {
      now = Math.max(now, weighty.stream().mapToLong(element -> element.begin).min().orElseThrow());
    }
    weighty.stream().filter(element -> element.begin <= now).forEach(element -> element.due = true);
  }
}
