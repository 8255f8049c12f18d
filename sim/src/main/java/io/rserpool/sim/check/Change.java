package io.rserpool.sim.check;

import io.rserpool.protocol.PoolElementParameter;
import org.jspecify.annotations.Nullable;

/// What has become of one entry of a handlespace.
///
/// @param before what it was; nothing if it is new
/// @param after what it is; nothing if it is gone
record Change(
    Identity identity,
    @Nullable PoolElementParameter before,
    @Nullable PoolElementParameter after) {

  @Override
  public String toString() {
    return identity
        + (before == null
            ? " is new: " + after
            : after == null ? " is gone" : ": " + before + " is now " + after);
  }
}
