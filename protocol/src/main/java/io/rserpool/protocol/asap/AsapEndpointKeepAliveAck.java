package io.rserpool.protocol.asap;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;

/// I am alive (RFC 5352 section 2.2.8).
///
/// @param handle the pool
/// @param elementId the element
public record AsapEndpointKeepAliveAck(PoolHandle handle, ElementId elementId)
    implements AsapMessage {

  @Override
  public AsapType type() {
    return AsapType.ENDPOINT_KEEP_ALIVE_ACK;
  }
}
