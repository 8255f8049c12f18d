package io.rserpool.protocol.asap;

import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;

/// A pool element joins a pool, or renews or changes its registration (RFC 5352 section 2.2.1).
///
/// @param handle the pool
/// @param element the element's identifier, life, transports and policy values
public record AsapRegistration(PoolHandle handle, PoolElementParameter element)
    implements AsapMessage {

  @Override
  public AsapType type() {
    return AsapType.REGISTRATION;
  }
}
