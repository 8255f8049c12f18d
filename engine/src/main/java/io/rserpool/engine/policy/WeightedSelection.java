package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws without replacement, in proportion to weight (RFC 5356 sections 4.4.2 and 5.4.2).
///
/// Weight 0 means no service at all (RFC 5356 section 3.2): such members are drawn, all equally
/// likely, only while the pool has no other. They do not fill up short answers either, since pool
/// users pick from an answer without regard to weights.
///
/// @param <M> the members
final class WeightedSelection<M extends Member> implements Selection<M> {

  private final MemberBag<M> members = new MemberBag<>();
  private final SumTree weights = new SumTree();
  private final PolicyRule.Weight weight;
  private final int steps;

  WeightedSelection(int steps, PolicyRule.Weight weight) {
    this.steps = steps;
    this.weight = weight;
  }

  @Override
  public void add(M member) {
    member.count = 0;
    members.add(member);
    weights.add(weight.of(member.policy(), 0));
  }

  @Override
  public void renew(M member, Policy before) {
    member.count = 0;
    weights.set(member.slot, weight.of(member.policy(), 0));
  }

  @Override
  public void remove(M member) {
    weights.set(member.slot, weights.weight(members.size() - 1));
    weights.removeLast();
    members.remove(member);
  }

  @Override
  public List<M> select(int items, RandomGenerator random) {
    List<M> drawn = preview(items, random);
    int stepped = Math.min(steps, drawn.size());
    for (int i = 0; i < stepped; i++) {
      M member = drawn.get(i);
      member.count = member.count == Integer.MAX_VALUE ? member.count : member.count + 1;
      weights.set(member.slot, weight.of(member.policy(), member.count));
    }
    return drawn;
  }

  @Override
  public List<M> preview(int items, RandomGenerator random) {
    if (weights.sum() == 0) {
      return members.draw(items, random);
    }
    if (items == 1) {
      return List.of(members.at(weights.find(random.nextLong(weights.sum()))));
    }
    return drawSeveral(Math.min(items, members.size()), random);
  }

  /// What is drawn weighs nothing in the draws after it.
  private List<M> drawSeveral(int items, RandomGenerator random) {
    List<M> drawn = new ArrayList<>(items);
    long[] drawnWeights = new long[items];
    while (drawn.size() < items && weights.sum() > 0) {
      int slot = weights.find(random.nextLong(weights.sum()));
      drawnWeights[drawn.size()] = weights.weight(slot);
      drawn.add(members.at(slot));
      weights.set(slot, 0);
    }
    for (int i = 0; i < drawn.size(); i++) {
      weights.set(drawn.get(i).slot, drawnWeights[i]);
    }
    return drawn;
  }
}
