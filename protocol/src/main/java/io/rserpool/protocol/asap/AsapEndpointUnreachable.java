package io.rserpool.protocol.asap;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;

/// Somebody could not reach an element (RFC 5352 section 2.2.9).
///
/// @param handle the pool
/// @param elementId the element
public record AsapEndpointUnreachable(PoolHandle handle, ElementId elementId)
    implements AsapMessage {

  @Override
  public AsapType type() {
    return AsapType.ENDPOINT_UNREACHABLE;
  }
}
