package io.rserpool.engine.handlespace;

import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;

/// What all elements that a pool selects have in common, as it is now. The element that leads is
/// the one that founded the pool, or the one that was followed when the last in agreement with the
/// leading one before it had gone. If nothing can be selected now, it is as it was last.
///
/// @param handle the pool's name
/// @param size how many elements it has, 1 or more, held ones included
/// @param policy of the right type; its values are those of the element that leads
/// @param transport of the right type and use; otherwise that of the element that leads
public record PoolView(PoolHandle handle, int size, Policy policy, TransportAddress transport) {

  /// The policy type number that all selectable elements have.
  public long policyType() {
    return policy.type();
  }

  /// The transport protocol that all selectable elements have.
  public TransportAddress.Kind transportKind() {
    return transport.kind();
  }

  /// What the ports of all selectable elements carry.
  public TransportUse transportUse() {
    return transport.use();
  }
}
