package io.rserpool.engine.policy;

/// A rule that draws in proportion to a number.
record WeightedRule(long type, int steps, PolicyRule.Weight weight) implements PolicyRule {

  @Override
  public <M extends Member> Selection<M> newSelection() {
    return new WeightedSelection<>(steps, weight);
  }
}
