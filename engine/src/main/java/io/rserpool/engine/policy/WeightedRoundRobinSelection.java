package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;
import java.util.ArrayList;
import java.util.Arrays;
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

  private final MemberBag<M> members = new MemberBag<>();

  /// Members whose turn has begun, by the time at which it should be used.
  private final SlotHeap due = new SlotHeap();

  /// The others, by the time at which their turn begins.
  private final SlotHeap waiting = new SlotHeap();

  /// For each slot the weight, unsigned, and the number of the present turn in its round. That the
  /// members need not be asked makes a selection from a large pool several times as fast.
  private int[] weights = {};

  private int[] turns = {};

  /// Members of weight 0.
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
    members.add(member);
    int slot = member.slot;
    if (slot >= weights.length) {
      int capacity = Math.max(4, slot + (slot >> 1));
      weights = Arrays.copyOf(weights, capacity);
      turns = Arrays.copyOf(turns, capacity);
    }
    changeWeightSum(weight);
    weights[slot] = (int) weight;
    turns[slot] = 0;
    place(slot, now, nextSequence++);
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
    int slot = member.slot;
    long begin = begin(slot);
    SlotHeap heap = due.contains(slot) ? due : waiting;
    long sequence = heap.sequence(slot);
    heap.remove(slot);
    changeWeightSum(newWeight - oldWeight);
    now += (long) ((double) (newWeight - oldWeight) * (begin - now) / weightSum);
    weights[slot] = (int) newWeight;
    turns[slot] = 0;
    place(slot, begin, sequence);
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
    int slot = member.slot;
    long begin = begin(slot);
    (due.contains(slot) ? due : waiting).remove(slot);
    members.remove(member);
    int last = members.size();
    due.renumber(last, slot);
    waiting.renumber(last, slot);
    weights[slot] = weights[last];
    turns[slot] = turns[last];
    if (last >= 4 && last < weights.length / 8) {
      weights = Arrays.copyOf(weights, weights.length / 2);
      turns = Arrays.copyOf(turns, weights.length);
    }
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
      // The first one is where it is known to be; only the others have to be asked.
      useTurn(i == 0 ? due.first() : selected.get(i).slot);
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
      return List.of(members.at(due.first()));
    }
    List<M> found = new ArrayList<>(Math.min(items, members.size()));
    due.listFirst(items, members, found);
    waiting.listFirst(items, members, found);
    return found;
  }

  private void useTurn(int slot) {
    boolean isDue = due.contains(slot);
    // The end of this turn is the beginning of the next.
    long end = isDue ? due.rank(slot) : waiting.rank(slot) + turnLength(slot);
    turns[slot] = turns[slot] + 1 == weights[slot] ? 0 : turns[slot] + 1;
    passTime();
    if (isDue && end <= now) {
      due.move(slot, end + turnLength(slot), nextSequence++);
    } else {
      (isDue ? due : waiting).remove(slot);
      place(slot, end, nextSequence++);
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
      int slot = waiting.first();
      long begin = waiting.firstRank();
      long sequence = waiting.sequence(slot);
      waiting.remove(slot);
      place(slot, begin, sequence);
    }
    if (now > timeMax) {
      due.shift(-now);
      waiting.shift(-now);
      now = 0;
    }
  }

  private void place(int slot, long begin, long sequence) {
    if (begin <= now) {
      due.add(slot, begin + turnLength(slot), sequence);
    } else {
      waiting.add(slot, begin, sequence);
    }
  }

  private long begin(int slot) {
    return due.contains(slot) ? due.rank(slot) - turnLength(slot) : waiting.rank(slot);
  }

  /// How long the present turn of a slot's member is. The turns of a round take exactly the round.
  private long turnLength(int slot) {
    long weight = Integer.toUnsignedLong(weights[slot]);
    if (weight == 1) {
      return 1L << ROUND_BITS;
    }
    long turn = Integer.toUnsignedLong(turns[slot]);
    return roundTime(turn + 1, weight) - roundTime(turn, weight);
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
