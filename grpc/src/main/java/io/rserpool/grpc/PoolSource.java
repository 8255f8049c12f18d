package io.rserpool.grpc;

import io.grpc.Attributes;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.util.function.Consumer;

/// What the resolver tells the load balancer of a pool besides its addresses.
///
/// @param policy how the pool chooses
/// @param unreachable takes elements that could not be reached; never blocks
record PoolSource(PoolHandle handle, Policy policy, Consumer<ElementId> unreachable) {

  /// Where it stands among the attributes of a resolution.
  static final Attributes.Key<PoolSource> KEY = Attributes.Key.create("io.rserpool.grpc.pool");

  /// Where an element stands among the attributes of its address.
  static final Attributes.Key<PoolElementParameter> ELEMENT =
      Attributes.Key.create("io.rserpool.grpc.element");
}
