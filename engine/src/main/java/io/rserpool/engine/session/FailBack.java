package io.rserpool.engine.session;

import io.rserpool.engine.Engine;
import io.rserpool.protocol.ElementId;

/// Notices that the preferred element has been in the pool again for long enough to go back to it.
final class FailBack {

  private final PoolSight sight;
  private final ElementId preferred;
  private final long afterNs;
  private boolean isOn;
  private long backNs = Engine.NEVER;
  private boolean isDue;

  FailBack(PoolSight sight, SessionSettings settings) {
    this.sight = sight;
    this.preferred = settings.preferred();
    this.afterNs =
        settings.mode() == SessionMode.NONE || preferred.isNone()
            ? 0
            : settings.failBackAfter().toNanos();
  }

  void begin(long nowNs, ElementId present) {
    stop();
    isOn = afterNs > 0 && !present.equals(preferred);
    see(nowNs);
  }

  void stop() {
    isOn = false;
    isDue = false;
    backNs = Engine.NEVER;
  }

  /// The pool may have changed.
  void see(long nowNs) {
    if (!isOn) {
      return;
    }
    if (sight.lists(preferred)) {
      backNs = Math.min(backNs, nowNs);
    } else if (sight.isWhole()) {
      backNs = Engine.NEVER;
      isDue = false;
    }
  }

  /// @param isPossible whether the session may leave its element: its output goes on
  void tick(long nowNs, boolean isPossible) {
    isDue |= deadlineNs(isPossible) <= nowNs;
  }

  /// Whether the session leaves its element as soon as its output is drained.
  boolean isDue() {
    return isDue;
  }

  long deadlineNs(boolean isPossible) {
    return !isPossible || isDue || backNs == Engine.NEVER ? Engine.NEVER : backNs + afterNs;
  }
}
