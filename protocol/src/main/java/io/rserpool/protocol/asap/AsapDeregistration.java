package io.rserpool.protocol.asap;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.PoolHandle;

/// A pool element leaves its pool (RFC 5352 section 2.2.2), or somebody takes it out by hand.
///
/// @param handle the pool
/// @param elementId the element
/// @param leave [LeaveRequest#NONE] from the element itself
public record AsapDeregistration(PoolHandle handle, ElementId elementId, LeaveRequest leave)
    implements AsapMessage {

  /// The element's own farewell.
  public AsapDeregistration(PoolHandle handle, ElementId elementId) {
    this(handle, elementId, LeaveRequest.NONE);
  }

  @Override
  public AsapType type() {
    return AsapType.DEREGISTRATION;
  }
}
