package io.rserpool.engine.registrar;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.util.LinkedHashMap;

/// Who was taken out by hand and may not come back yet.
final class RemovalHolds {

  /// Holds at once; the oldest end early beyond it.
  private static final int HOLDS_MAX = 10_000;

  private final LinkedHashMap<ElementKey, Long> untilNs = new LinkedHashMap<>();

  void hold(ElementKey key, long endNs) {
    untilNs.putLast(key, endNs);
    if (untilNs.size() > HOLDS_MAX) {
      untilNs.pollFirstEntry();
    }
  }

  boolean isHeld(PoolHandle handle, ElementId elementId, long nowNs) {
    if (untilNs.isEmpty()) {
      return false;
    }
    ElementKey key = new ElementKey(handle, elementId);
    Long endNs = untilNs.get(key);
    if (endNs != null && nowNs >= endNs) {
      untilNs.remove(key);
      return false;
    }
    return endNs != null;
  }
}
