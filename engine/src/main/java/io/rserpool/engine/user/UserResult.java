package io.rserpool.engine.user;

import io.rserpool.engine.Effect;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.util.List;

/// What came of a [UserRequest].
public sealed interface UserResult extends Effect.Result {

  /// It is done.
  record Done() implements UserResult {}

  /// The elements of a pool.
  ///
  /// @param policy the pool's policy
  /// @param elements at least one, in the order in which they should be used
  /// @param ageNs how old the answer is: 0 if it comes from the registrar just now
  /// @param pushed whether the registrar tells changes of this pool by itself
  record Resolved(
      PoolHandle handle,
      Policy policy,
      List<PoolElementParameter> elements,
      long ageNs,
      boolean pushed)
      implements UserResult {
    public Resolved {
      elements = List.copyOf(elements);
    }
  }

  /// The element that the policy chose.
  record Selected(PoolHandle handle, Policy policy, PoolElementParameter element)
      implements UserResult {}

  /// The registrar says that there is no such pool; asking again makes sense when one is expected.
  record UnknownPool(PoolHandle handle) implements UserResult {}

  /// The registrar refused for a reason that asking again does not change.
  record Refused(List<ErrorCause> causes) implements UserResult {
    public Refused {
      causes = List.copyOf(causes);
    }
  }

  /// No registrar answered in time; asking again makes sense.
  ///
  /// @param detail what was tried, for people
  record Unavailable(String detail) implements UserResult {}

  /// The request does not fit what this engine has told; no registrar was asked.
  ///
  /// @param detail what was expected, for people
  record Illegal(String detail) implements UserResult {}
}
