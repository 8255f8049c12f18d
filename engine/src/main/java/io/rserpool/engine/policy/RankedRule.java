package io.rserpool.engine.policy;

/// A rule that sorts by a number.
record RankedRule(long type, int steps, PolicyRule.Rank rank) implements PolicyRule {

  @Override
  public <M extends Member> Selection<M> newSelection() {
    return new RankedSelection<>(steps, rank);
  }
}
