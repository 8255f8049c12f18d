package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;
import java.util.List;
import java.util.random.RandomGenerator;

/// The members of one pool in the order of its policy, with the policy's local state: turns,
/// accumulated degradation, who was selected longest ago. This state is never exchanged between
/// registrars.
///
/// A selection belongs to one pool. All members have policy values that its rule accepts.
///
/// @param <M> the members
public interface Selection<M extends Member> {

  /// Takes a new member, behind all others that are its equals.
  void add(M member);

  /// Takes note that a member has registered again: its values may be others now, and accumulated
  /// degradation is void. A member whose values are the same and that has gathered no degradation
  /// keeps its place exactly.
  ///
  /// @param before the values until now
  void renew(M member, Policy before);

  /// Lets go of a member.
  void remove(M member);

  /// Chooses at most `items` different members, the best first, and counts the selection.
  ///
  /// @param items 1 or more
  /// @param random for policies that draw
  List<M> select(int items, RandomGenerator random);

  /// What [#select] would choose now; nothing is counted.
  List<M> preview(int items, RandomGenerator random);
}
