package io.rserpool.sim.fault;

import io.rserpool.sim.Simulation;
import io.rserpool.sim.network.Traffic;
import io.rserpool.sim.scope.RegistrarProcess;
import io.rserpool.sim.scope.Scope;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Injects faults into a scope, and heals them. Who is hit and for how long is drawn; times are
/// multiples of a unit, since the profiles' timers differ by more than ten.
public final class Faults {

  private final Scope scope;
  private final RandomGenerator random;
  private final Ongoing ongoing;
  private final ProcessFaults processes;
  private final LinkFaults links;

  /// Nothing is wrong yet.
  ///
  /// @param unitNs in which durations are drawn
  public Faults(
      Simulation simulation,
      Scope scope,
      FaultListener listener,
      RandomGenerator random,
      long unitNs) {
    this.scope = scope;
    this.random = random;
    ongoing = new Ongoing(simulation, random, unitNs);
    processes = new ProcessFaults(scope, listener, random, ongoing);
    links = new LinkFaults(scope, listener, random, ongoing);
  }

  /// How many faults of each kind there were.
  public Map<FaultKind, Long> counts() {
    Map<FaultKind, Long> all = new EnumMap<>(FaultKind.class);
    for (FaultKind kind : FaultKind.values()) {
      all.put(kind, ongoing.counts().getOrDefault(kind, 0L));
    }
    Traffic traffic = scope.network().traffic();
    all.put(FaultKind.MULTICAST_LOSS, traffic.lostDatagrams());
    all.put(FaultKind.MULTICAST_DOUBLING, traffic.doubledDatagrams());
    all.put(FaultKind.REFUSED_CALL, traffic.refusedCalls());
    return all;
  }

  /// How many faults were injected.
  public long total() {
    return ongoing.counts().values().stream().mapToLong(Long::longValue).sum();
  }

  /// Lets something go wrong; nothing happens where nothing of that kind can.
  public void inject(FaultKind kind) {
    switch (kind) {
      case REGISTRAR_KILL -> processes.end(kind, one(scope.registrars()), false);
      case REGISTRAR_FAILURE -> processes.end(kind, one(scope.registrars()), true);
      case REGISTRAR_RESTART -> processes.restart(one(scope.registrars()));
      case ELEMENT_KILL -> processes.end(kind, one(scope.elements()), false);
      case ELEMENT_FAILURE -> processes.end(kind, one(scope.elements()), true);
      case USER_KILL -> processes.end(kind, one(scope.users()), false);
      case REGISTRAR_PAUSE -> processes.pause(kind, one(scope.registrars()));
      case ELEMENT_PAUSE -> processes.pause(kind, one(scope.elements()));
      case USER_PAUSE -> processes.pause(kind, one(scope.users()));
      case CUT -> links.cut();
      case ISOLATION -> links.isolate();
      case PARTITION -> links.partition();
      case RESET -> links.reset();
      case STALL -> links.stall();
      case LOSS -> links.loss();
      case DAMAGE -> links.damage();
      case MULTICAST_LOSS, MULTICAST_DOUBLING, REFUSED_CALL -> {}
    }
  }

  /// Restarts a registrar in order, as an operator does.
  public void restart(RegistrarProcess registrar) {
    processes.restart(registrar);
  }

  /// Everything that lasts is over, and about half of the processes that were to stay dead start
  /// again; all those without which the scope could not recover.
  public void heal() {
    ongoing.heal();
    processes.startAgain();
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
