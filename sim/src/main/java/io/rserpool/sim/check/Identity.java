package io.rserpool.sim.check;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;

/// What names an element in the handlespace.
public record Identity(PoolHandle handle, ElementId elementId) {
  @Override
  public String toString() {
    return handle + "/" + elementId;
  }
}
