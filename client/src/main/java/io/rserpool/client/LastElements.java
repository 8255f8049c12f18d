package io.rserpool.client;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.util.LinkedHashMap;

/// Which element of each pool got the last message; of the pools that were used last.
final class LastElements {

  private static final int POOLS_MAX = 1024;

  private final LinkedHashMap<PoolHandle, ElementId> elements =
      new LinkedHashMap<>(16, 0.75f, true);

  /// [ElementId#NONE] if there was no message yet.
  synchronized ElementId of(PoolHandle pool) {
    return elements.getOrDefault(pool, ElementId.NONE);
  }

  synchronized void put(PoolHandle pool, ElementId element) {
    elements.put(pool, element);
    if (elements.size() > POOLS_MAX) {
      elements.pollFirstEntry();
    }
  }
}
