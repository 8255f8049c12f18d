package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Smallest rank first, equal ranks in turn: priority, least used and its relatives (RFC 5356
/// sections 4.5 and 5.1 to 5.3).
///
/// @param <M> the members
final class RankedSelection<M extends Member> implements Selection<M> {

  private final MemberBag<M> members = new MemberBag<>();
  private final SlotHeap order = new SlotHeap();
  private final PolicyRule.Rank rank;
  private final int steps;
  private long nextSequence;

  RankedSelection(int steps, PolicyRule.Rank rank) {
    this.steps = steps;
    this.rank = rank;
  }

  @Override
  public void add(M member) {
    member.count = 0;
    members.add(member);
    order.add(member.slot, rank.of(member.policy(), 0), nextSequence++);
  }

  @Override
  public void renew(M member, Policy before) {
    member.count = 0;
    long newRank = rank.of(member.policy(), 0);
    if (newRank != order.rank(member.slot)) {
      order.move(member.slot, newRank, order.sequence(member.slot));
    }
  }

  @Override
  public void remove(M member) {
    int slot = member.slot;
    order.remove(slot);
    members.remove(member);
    order.renumber(members.size(), slot);
  }

  @Override
  public List<M> select(int items, RandomGenerator random) {
    List<M> selected = preview(items, random);
    int stepped = Math.min(steps, selected.size());
    for (int i = 0; i < stepped; i++) {
      M member = selected.get(i);
      member.count = member.count == Integer.MAX_VALUE ? member.count : member.count + 1;
      order.move(member.slot, rank.of(member.policy(), member.count), nextSequence++);
    }
    return selected;
  }

  @Override
  public List<M> preview(int items, RandomGenerator random) {
    if (items == 1 && !order.isEmpty()) {
      return List.of(members.at(order.first()));
    }
    List<M> found = new ArrayList<>(Math.min(items, order.size()));
    order.listFirst(items, members, found);
    return found;
  }
}
