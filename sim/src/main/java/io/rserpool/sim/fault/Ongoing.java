package io.rserpool.sim.fault;

import io.rserpool.sim.Simulation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Counts faults, and ends those that last: at their time, or when everything is healed.
final class Ongoing {

  private final Simulation simulation;
  private final RandomGenerator random;
  private final long unitNs;
  private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);
  private final List<Lasting> lasting = new ArrayList<>();

  /// A fault that lasts until its event, or until everything is healed.
  private final class Lasting implements Runnable {
    private final Runnable healing;
    private final Simulation.Event event = simulation.event(this);

    Lasting(Runnable healing) {
      this.healing = healing;
    }

    @Override
    public void run() {
      event.cancel();
      lasting.remove(this);
      healing.run();
    }
  }

  /// @param unitNs in which durations are drawn
  Ongoing(Simulation simulation, RandomGenerator random, long unitNs) {
    this.simulation = simulation;
    this.random = random;
    this.unitNs = unitNs;
  }

  long nowNs() {
    return simulation.nowNs();
  }

  Map<FaultKind, Long> counts() {
    return counts;
  }

  void count(FaultKind kind, String what) {
    counts.merge(kind, 1L, Long::sum);
    if (simulation.trace().isOn()) {
      simulation.tell("-", "fault", kind + " " + what);
    }
  }

  void last(long ns, Runnable healing) {
    Lasting fault = new Lasting(healing);
    lasting.add(fault);
    fault.event.at(simulation.nowNs() + ns);
  }

  void heal() {
    simulation.tell("-", "fault", "everything is healed");
    List.copyOf(lasting).forEach(Lasting::run);
  }

  long drawNs(double minUnits, double maxUnits) {
    return logarithmic((long) (minUnits * unitNs), (long) (maxUnits * unitNs));
  }

  /// Short times as often as long ones.
  long logarithmic(long minNs, long maxNs) {
    return (long) (minNs * Math.exp(random.nextDouble() * Math.log((double) maxNs / minNs)));
  }
}
