package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;

/// How the elements of pools with one policy type are chosen. This is where new policies are
/// plugged in, see [PolicyRules#with]: most are a [#ranked] or a [#weighted] rule; any other
/// implements this interface with a [Selection] of its own. Such policies travel as
/// [Policy.Extension].
public interface PolicyRule {

  /// The policy type number that the rule is for.
  long type();

  /// Whether values of this type make sense; others are refused as invalid.
  default boolean accepts(Policy policy) {
    return true;
  }

  /// An empty selection for a new pool.
  ///
  /// @param <M> the members of the pool
  <M extends Member> Selection<M> newSelection();

  /// The number by which a ranked rule sorts.
  @FunctionalInterface
  interface Rank {
    /// The element's place, smallest first; equal ones take turns.
    ///
    /// @param policy the element's values
    /// @param count how often it was selected since it last registered
    long of(Policy policy, int count);
  }

  /// The number in proportion to which a weighted rule draws.
  @FunctionalInterface
  interface Weight {
    /// The element's weight, 0 to 0xffffffff. Elements of weight 0 are drawn only from pools that
    /// have no other.
    ///
    /// @param policy the element's values
    /// @param count how often it was selected since it last registered
    long of(Policy policy, int count);
  }

  /// A deterministic rule: smallest rank first, and among equals the one selected longest ago.
  ///
  /// @param steps how many elements of an answer count as selected, from the first on
  static PolicyRule ranked(long type, int steps, Rank rank) {
    return new RankedRule(type, steps, rank);
  }

  /// A rule that draws without replacement, in proportion to weight.
  ///
  /// @param steps how many elements of an answer count as selected, from the first on
  static PolicyRule weighted(long type, int steps, Weight weight) {
    return new WeightedRule(type, steps, weight);
  }
}
