package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Turns in proportion to weight, spread as evenly as possible (RFC 5356 section 4.2.2).
///
/// In each round a member of weight w has w turns. Its k-th turn may be used from the time (k-1)/w
/// of the round on and should be used by k/w; time passes by one round for as many selections as
/// all weights together. The next to be selected is, of all whose turn has begun, the one whose
/// turn should be used first, and of equals the one selected longest ago. So at any time each
/// member has had its exact share to within one selection, heavy members are interleaved with light
/// ones, and equal weights give plain round robin. A new member joins at the present time and is
/// behind its equals.
///
/// An answer of several members begins with that one; then come the others whose turn has begun, in
/// the same order, then those whose turn begins first. Each is listed once. Members of weight 0 are
/// listed, in turn, only while the pool has no other.
///
/// Members wait for their turn in one heap and are due in another. Each member that a selection
/// counts for waits at most once and becomes due at most once, so a selection costs the logarithm
/// of the pool's size on average; where many turns begin at the same moment, as with equal weights,
/// one selection per round makes all of them due.
///
/// @param <M> the members
final class WeightedRoundRobinSelection<M extends Member> implements Selection<M> {

  /// One round of time: 32 binary places, so that members of equal shares have equal times.
  private static final int ROUND_BITS = 32;

  /// When time has come that far, all times are set back: every thousand million rounds.
  private static final long TIME_MAX = 1L << 62;

  /// Members whose turn has begun, by the time at which it should be used.
  private final MemberHeap<M> due = new MemberHeap<>();

  /// The others, by the time at which their turn begins.
  private final MemberHeap<M> waiting = new MemberHeap<>();

  private final RoundRobinSelection<M> idle;
  private final int steps;
  private final long timeMax;
  private long now;
  private long nowRemainder;
  private long weightSum;
  private long tick;
  private long tickRemainder;
  private long nextSequence;

  WeightedRoundRobinSelection(int steps) {
    this(steps, TIME_MAX);
  }

  WeightedRoundRobinSelection(int steps, long timeMax) {
    this.steps = steps;
    this.timeMax = timeMax;
    this.idle = new RoundRobinSelection<>(steps);
  }

  @Override
  public void add(M member) {
    long weight = weight(member.policy());
    if (weight == 0) {
      idle.add(member);
      return;
    }
    changeWeightSum(weight);
    enter(member, weight, now, nextSequence++);
  }

  @Override
  public void renew(M member, Policy before) {
    long oldWeight = weight(before);
    long newWeight = weight(member.policy());
    if (oldWeight == newWeight) {
      return;
    }
    if (oldWeight == 0 || newWeight == 0) {
      remove(member, oldWeight);
      add(member);
      return;
    }
    long begin = begin(member, oldWeight);
    long sequence = (due.contains(member) ? due : waiting).sequence(member);
    leave(member);
    changeWeightSum(newWeight - oldWeight);
    now += (long) ((double) (newWeight - oldWeight) * (begin - now) / weightSum);
    enter(member, newWeight, begin, sequence);
    startTurns();
  }

  @Override
  public void remove(M member) {
    remove(member, weight(member.policy()));
  }

  private void remove(M member, long weight) {
    if (weight == 0) {
      idle.remove(member);
      return;
    }
    long begin = begin(member, weight);
    leave(member);
    changeWeightSum(-weight);
    if (weightSum > 0) {
      // What the member had too much or too little of is now shared by the others.
      now += (long) ((double) weight * (now - begin) / weightSum);
    }
    startTurns();
  }

  @Override
  public List<M> select(int items, RandomGenerator random) {
    if (weightSum == 0) {
      return idle.select(items, random);
    }
    List<M> selected = preview(items, random);
    int stepped = Math.min(steps, selected.size());
    for (int i = 0; i < stepped; i++) {
      useTurn(selected.get(i));
    }
    startTurns();
    return selected;
  }

  @Override
  public List<M> preview(int items, RandomGenerator random) {
    if (weightSum == 0) {
      return idle.preview(items, random);
    }
    if (items == 1) {
      return List.of(due.first());
    }
    List<M> found = new ArrayList<>(Math.min(items, due.size() + waiting.size()));
    due.listFirst(items, found);
    waiting.listFirst(items, found);
    return found;
  }

  private void useTurn(M member) {
    long weight = weight(member.policy());
    boolean isDue = due.contains(member);
    // The end of this turn is the beginning of the next.
    long end = isDue ? due.rank(member) : waiting.rank(member) + turnLength(member.count, weight);
    member.count = member.count + 1 == (int) weight ? 0 : member.count + 1;
    passTime();
    if (isDue && end <= now) {
      due.move(member, end + turnLength(member.count, weight), nextSequence++);
    } else {
      leave(member);
      place(member, weight, end, nextSequence++);
    }
  }

  /// Lets one selection's time pass, to the last binary place without rounding.
  private void passTime() {
    now += tick;
    nowRemainder += tickRemainder;
    if (nowRemainder >= weightSum) {
      nowRemainder -= weightSum;
      now++;
    }
  }

  /// Makes due whose turn has begun; if none has, the time of the first one has come.
  private void startTurns() {
    if (due.isEmpty() && !waiting.isEmpty()) {
      now = Math.max(now, waiting.firstRank());
    }
    while (!waiting.isEmpty() && waiting.firstRank() <= now) {
      M member = waiting.first();
      long begin = waiting.firstRank();
      long sequence = waiting.sequence(member);
      waiting.remove(member);
      place(member, weight(member.policy()), begin, sequence);
    }
    if (now > timeMax) {
      due.shift(-now);
      waiting.shift(-now);
      now = 0;
    }
  }

  /// Begins a member's first turn of a round.
  private void enter(M member, long weight, long begin, long sequence) {
    member.count = 0;
    place(member, weight, begin, sequence);
  }

  private void place(M member, long weight, long begin, long sequence) {
    if (begin <= now) {
      due.add(member, begin + turnLength(member.count, weight), sequence);
    } else {
      waiting.add(member, begin, sequence);
    }
  }

  private void leave(M member) {
    (due.contains(member) ? due : waiting).remove(member);
  }

  private long begin(M member, long weight) {
    return due.contains(member)
        ? due.rank(member) - turnLength(member.count, weight)
        : waiting.rank(member);
  }

  /// How long the given turn of a round is. The turns of a round take exactly the round.
  private static long turnLength(int turn, long weight) {
    if (weight == 1) {
      return 1L << ROUND_BITS;
    }
    long first = Integer.toUnsignedLong(turn);
    return roundTime(first + 1, weight) - roundTime(first, weight);
  }

  private static long roundTime(long turn, long weight) {
    return Long.divideUnsigned(turn << ROUND_BITS, weight);
  }

  private void changeWeightSum(long difference) {
    weightSum += difference;
    if (weightSum > 0) {
      tick = (1L << ROUND_BITS) / weightSum;
      tickRemainder = (1L << ROUND_BITS) % weightSum;
      nowRemainder = Math.min(nowRemainder, weightSum - 1);
    }
  }

  private static long weight(Policy policy) {
    return ((Policy.WeightedRoundRobin) policy).weight();
  }
}
