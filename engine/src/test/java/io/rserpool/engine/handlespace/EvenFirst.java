package io.rserpool.engine.handlespace;

import io.rserpool.engine.policy.Member;
import io.rserpool.engine.policy.PolicyRule;
import io.rserpool.engine.policy.Selection;
import io.rserpool.protocol.Policy;

/// A policy of our own for tests, whose values do not always make sense: one even byte, the
/// smallest first.
///
/// @param steps how many elements of an answer count as selected
record EvenFirst(int steps) implements PolicyRule {

  static final long TYPE = 0xb000_0e0eL;

  static boolean makesSense(Policy policy) {
    return value(policy) % 2 == 0;
  }

  private static int value(Policy policy) {
    return ((Policy.Extension) policy).fields().unsignedByteAt(0);
  }

  @Override
  public long type() {
    return TYPE;
  }

  @Override
  public boolean accepts(Policy policy) {
    return makesSense(policy);
  }

  @Override
  public <M extends Member> Selection<M> newSelection() {
    return PolicyRule.ranked(TYPE, steps, (policy, _) -> value(policy)).newSelection();
  }
}
