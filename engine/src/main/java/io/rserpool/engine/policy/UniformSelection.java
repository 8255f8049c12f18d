package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;
import java.util.List;
import java.util.random.RandomGenerator;

/// Draws without replacement, all members equally likely (RFC 5356 section 4.3.2). Nothing is kept
/// of a selection.
///
/// @param <M> the members
final class UniformSelection<M extends Member> implements Selection<M> {

  private final MemberBag<M> members = new MemberBag<>();

  @Override
  public void add(M member) {
    members.add(member);
  }

  @Override
  public void renew(M member, Policy before) {}

  @Override
  public void remove(M member) {
    members.remove(member);
  }

  @Override
  public List<M> select(int items, RandomGenerator random) {
    return members.draw(items, random);
  }

  @Override
  public List<M> preview(int items, RandomGenerator random) {
    return members.draw(items, random);
  }
}
