package io.rserpool.engine.handlespace;

import io.rserpool.engine.policy.Member;
import io.rserpool.engine.policy.Selection;
import io.rserpool.protocol.Policy;
import java.util.List;
import java.util.random.RandomGenerator;

/// The selection of a pool none of whose elements can be selected.
///
/// @param <M> the members, of which there are none
final class NoSelection<M extends Member> implements Selection<M> {

  @Override
  public void add(M member) {
    throw foreign(member);
  }

  @Override
  public void renew(M member, Policy before) {
    throw foreign(member);
  }

  @Override
  public void remove(M member) {
    throw foreign(member);
  }

  @Override
  public List<M> select(int items, RandomGenerator random) {
    return List.of();
  }

  @Override
  public List<M> preview(int items, RandomGenerator random) {
    return List.of();
  }

  private static IllegalStateException foreign(Member member) {
    return new IllegalStateException(
        "expected no member of a pool that has no policy to select by, saw " + member);
  }
}
