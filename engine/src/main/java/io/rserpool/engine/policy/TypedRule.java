package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;

/// Makes rules from functions of one class of policy values.
///
/// @param type the policy type number
/// @param values the class of the values with that number
/// @param <P> that class
record TypedRule<P extends Policy>(long type, Class<P> values) {

  /// A number from an element's values and the number of its selections.
  @FunctionalInterface
  interface Measure<P> {
    long of(P policy, int count);
  }

  PolicyRule ranked(int steps, Measure<P> measure) {
    return PolicyRule.ranked(
        type, steps, (policy, count) -> measure.of(values.cast(policy), count));
  }

  PolicyRule weighted(int steps, Measure<P> measure) {
    return PolicyRule.weighted(
        type, steps, (policy, count) -> measure.of(values.cast(policy), count));
  }
}
