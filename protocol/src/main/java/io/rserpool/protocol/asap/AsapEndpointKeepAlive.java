package io.rserpool.protocol.asap;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;

/// Are you alive? (RFC 5352 section 2.2.7)
///
/// @param serverId the asking registrar
/// @param home the H flag: the asker is the element's home registrar from now on
/// @param handle the pool
/// @param elementId the element, as rsplib adds it, or [ElementId#NONE] as the RFC has it
public record AsapEndpointKeepAlive(
    ServerId serverId, boolean home, PoolHandle handle, ElementId elementId)
    implements AsapMessage {

  @Override
  public AsapType type() {
    return AsapType.ENDPOINT_KEEP_ALIVE;
  }
}
