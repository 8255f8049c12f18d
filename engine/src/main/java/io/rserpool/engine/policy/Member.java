package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;
import org.jspecify.annotations.Nullable;

/// What a policy sees of a pool element: its policy values. It also holds what the pool's one
/// [Selection] keeps of each element, so that no look-up stands between the two; nobody else reads
/// that.
public abstract class Member {

  static final int NOWHERE = -1;

  /// Where the member is in the arrays of its selection.
  int slot = NOWHERE;

  /// How often it was selected since its last registration, where its policy counts that.
  int count;

  /// Its neighbours in a circular list.
  @Nullable Member next;

  @Nullable Member previous;

  /// For subclasses.
  protected Member() {}

  /// The element's present policy values.
  public abstract Policy policy();
}
