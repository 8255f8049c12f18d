package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;

/// In turn, in proportion to weight (RFC 5356 section 4.2).
record WeightedRoundRobinRule(int steps) implements PolicyRule {

  @Override
  public long type() {
    return Policy.WeightedRoundRobin.TYPE;
  }

  @Override
  public <M extends Member> Selection<M> newSelection() {
    return new WeightedRoundRobinSelection<>(steps);
  }
}
