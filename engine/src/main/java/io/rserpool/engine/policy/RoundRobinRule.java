package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;

/// Each element in turn (RFC 5356 section 4.1).
record RoundRobinRule(int steps) implements PolicyRule {

  @Override
  public long type() {
    return Policy.RoundRobin.TYPE;
  }

  @Override
  public <M extends Member> Selection<M> newSelection() {
    return new RoundRobinSelection<>(steps);
  }
}
