package io.rserpool.protocol.asap;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.PoolHandle;
import java.util.List;

/// The registrar's answer to a registration (RFC 5352 section 2.2.3).
///
/// @param handle the pool
/// @param elementId the element
/// @param rejected the R flag
/// @param causes why it was rejected, or, if it was not, what the registrar changed
public record AsapRegistrationResponse(
    PoolHandle handle, ElementId elementId, boolean rejected, List<ErrorCause> causes)
    implements AsapMessage {

  public AsapRegistrationResponse {
    causes = List.copyOf(causes);
  }

  /// A plain yes.
  public static AsapRegistrationResponse accepted(PoolHandle handle, ElementId elementId) {
    return new AsapRegistrationResponse(handle, elementId, false, List.of());
  }

  @Override
  public AsapType type() {
    return AsapType.REGISTRATION_RESPONSE;
  }
}
