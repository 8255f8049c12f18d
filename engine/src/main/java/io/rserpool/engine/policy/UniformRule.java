package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;

/// Any element, all equally likely (RFC 5356 section 4.3).
record UniformRule() implements PolicyRule {

  @Override
  public long type() {
    return Policy.Random.TYPE;
  }

  @Override
  public <M extends Member> Selection<M> newSelection() {
    return new UniformSelection<>();
  }
}
