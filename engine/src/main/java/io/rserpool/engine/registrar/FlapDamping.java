package io.rserpool.engine.registrar;

import java.util.LinkedHashMap;

/// Remembers elements that were removed by silence and came back, and lets the verdict take longer
/// for
/// those that do so again and again.
final class FlapDamping {

  /// Elements that are remembered; the oldest are forgotten first.
  private static final int MEMORY = 10_000;

  private record History(int removals, long lastNs) {}

  private final int threshold;
  private final long windowNs;
  private final long verdictNsMax;
  private final LinkedHashMap<ElementKey, History> histories = new LinkedHashMap<>();

  FlapDamping(RegistrarSettings settings) {
    this.threshold = settings.count(RegistrarSetting.DAMPING_REMOVALS);
    this.windowNs = settings.ns(RegistrarSetting.DAMPING_WINDOW);
    this.verdictNsMax = settings.ns(RegistrarSetting.DAMPING_VERDICT_MAX);
  }

  /// Takes note of a removal by silence. Removals count as one series as long as the element was
  /// not
  /// steady for a whole window between two of them.
  void removed(ElementKey key, long nowNs) {
    History history = histories.remove(key);
    int before = history == null || nowNs - history.lastNs() >= windowNs ? 0 : history.removals();
    histories.putLast(key, new History(before + 1, nowNs));
    if (histories.size() > MEMORY) {
      histories.pollFirstEntry();
    }
  }

  /// The least verdict time for an element that registers now: doubled with the third removal and
  /// each further one.
  long verdictNs(ElementKey key, long normalNs, long nowNs) {
    History history = histories.get(key);
    if (history == null || history.removals() < threshold) {
      return 0;
    }
    if (nowNs - history.lastNs() >= windowNs) {
      histories.remove(key);
      return 0;
    }
    int doublings = Math.min(history.removals() - threshold + 1, 16);
    return Math.min(normalNs << doublings, Math.max(verdictNsMax, normalNs));
  }

  /// How long an element has to be steady to be trusted again.
  long windowNs() {
    return windowNs;
  }

  int size() {
    return histories.size();
  }
}
