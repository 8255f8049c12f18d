package io.rserpool.engine.handlespace;

import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;

/// What all elements of a pool have in common, as it is now.
///
/// @param handle the pool's name
/// @param size how many elements it has, 1 or more
/// @param policy of the right type; its values are those of the element that founded the pool
/// @param transport of the right type and use; otherwise that of the element that founded the pool
public record PoolView(PoolHandle handle, int size, Policy policy, TransportAddress transport) {

  /// The policy type number that all elements have.
  public long policyType() {
    return policy.type();
  }

  /// The transport protocol that all elements have.
  public TransportAddress.Kind transportKind() {
    return transport.kind();
  }

  /// What the ports of all elements carry.
  public TransportUse transportUse() {
    return transport.use();
  }
}
