package io.rserpool.engine.user;

import io.rserpool.engine.Input;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.PoolHandle;

/// What an application asks of its pool user engine.
public sealed interface UserRequest extends Input.Request {

  /// Which elements serve a pool? Answered from the cache while it is fresh, else by a registrar,
  /// with
  /// [UserResult.Resolved] or a failure.
  ///
  /// @param items how many elements are wanted; 0 leaves it to the registrar
  record Resolve(long requestId, PoolHandle handle, int items) implements UserRequest {}

  /// Chooses one element by the pool's policy, from the cache or after a resolution; answered with
  /// [UserResult.Selected] or a failure. Advances the policy's state.
  ///
  /// @param preferred this element if it is still in the pool, or [ElementId#NONE]
  record Select(long requestId, PoolHandle handle, ElementId preferred) implements UserRequest {}

  /// Subscribes to a pool. Answered with [UserResult.Done] at once; from then on every change comes
  /// as
  /// [UserEvent.PoolChanged], the first one with the present state, until [Unwatch].
  record Watch(long requestId, PoolHandle handle) implements UserRequest {}

  /// Ends a subscription; answered with [UserResult.Done].
  record Unwatch(long requestId, PoolHandle handle) implements UserRequest {}

  /// An element could not be reached: drops it from the cache and reports it to the home registrar
  /// (RFC 5352 section 3.5), within the report limit. Answered with [UserResult.Done] once the
  /// report is handed to a transport, with [UserResult.Illegal] if no answer or event ever named the
  /// element, or with a failure.
  record Report(long requestId, PoolHandle handle, ElementId elementId) implements UserRequest {}

  /// Takes an element out by hand, or asks it to drain: a deregistration with a leave request.
  /// Answered with [UserResult.Done] or a failure.
  ///
  /// @param leave how it is to leave; never [LeaveRequest#NONE]
  record Dismiss(long requestId, PoolHandle handle, ElementId elementId, LeaveRequest leave)
      implements UserRequest {}

  /// Forgets what is cached of a pool; answered with [UserResult.Done].
  record Purge(long requestId, PoolHandle handle) implements UserRequest {}

  /// Ends all associations and answers everything that waits with a failure; answered with
  /// [UserResult.Done]. The engine does nothing afterwards.
  record Shutdown(long requestId) implements UserRequest {}
}
