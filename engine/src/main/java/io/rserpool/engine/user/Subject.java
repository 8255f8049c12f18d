package io.rserpool.engine.user;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;

/// What an exchange with the registrar is about; an answer is matched by it, never by order.
sealed interface Subject {

  /// The resolution of a pool handle.
  record Resolution(PoolHandle handle) implements Subject {}

  /// The dismissal of an element.
  record Dismissal(PoolHandle handle, ElementId elementId) implements Subject {}
}
