package io.rserpool.protocol.asap;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.PoolHandle;
import java.util.List;

/// The registrar's answer to a deregistration, or its word that a registration has ended (RFC 5352
/// sections 2.2.4 and 3.2).
///
/// @param handle the pool
/// @param elementId the element
/// @param causes why the deregistration was refused; empty if it was granted
/// @param leave how the element is asked to leave, when it was taken out by hand
public record AsapDeregistrationResponse(
    PoolHandle handle, ElementId elementId, List<ErrorCause> causes, LeaveRequest leave)
    implements AsapMessage {

  public AsapDeregistrationResponse {
    causes = List.copyOf(causes);
  }

  /// A plain answer without a request to leave.
  public AsapDeregistrationResponse(
      PoolHandle handle, ElementId elementId, List<ErrorCause> causes) {
    this(handle, elementId, causes, LeaveRequest.NONE);
  }

  @Override
  public AsapType type() {
    return AsapType.DEREGISTRATION_RESPONSE;
  }
}
