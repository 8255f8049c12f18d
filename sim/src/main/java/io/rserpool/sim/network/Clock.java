package io.rserpool.sim.network;

import io.rserpool.engine.Engine;
import io.rserpool.runtime.TimeSource;
import io.rserpool.sim.Simulation;

/// The clock of one process: it begins anywhere, and runs too fast or too slow.
final class Clock implements TimeSource {

  private static final long MILLION = 1_000_000;

  private final Simulation simulation;
  private final long originNs;
  private final long partsPerMillion;

  /// @param originNs what it shows at time 0
  /// @param partsPerMillion by how much it is too fast
  Clock(Simulation simulation, long originNs, long partsPerMillion) {
    this.simulation = simulation;
    this.originNs = originNs;
    this.partsPerMillion = partsPerMillion;
  }

  @Override
  public long nowNs() {
    return shownAt(simulation.nowNs());
  }

  /// The first time at which it shows the given one or more, but not before now.
  long timeOf(long shownNs) {
    if (shownNs == Engine.NEVER) {
      return Engine.NEVER;
    }
    long passedNs = shownNs - originNs;
    if (partsPerMillion != 0) {
      long millions = Math.floorDiv(passedNs, MILLION + partsPerMillion);
      long rest = Math.floorMod(passedNs, MILLION + partsPerMillion);
      passedNs = millions * MILLION + rest * MILLION / (MILLION + partsPerMillion);
      while (shownAt(passedNs) < shownNs) {
        passedNs++;
      }
    }
    return Math.max(passedNs, simulation.nowNs());
  }

  private long shownAt(long timeNs) {
    if (partsPerMillion == 0) {
      return originNs + timeNs;
    }
    long whole = timeNs / MILLION * partsPerMillion;
    return originNs + timeNs + whole + timeNs % MILLION * partsPerMillion / MILLION;
  }
}
