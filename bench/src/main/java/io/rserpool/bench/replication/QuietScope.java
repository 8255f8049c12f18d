package io.rserpool.bench.replication;

import io.rserpool.engine.Event;
import io.rserpool.engine.element.ElementSettings;
import io.rserpool.engine.user.UserResult;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.sim.Simulation;
import io.rserpool.sim.network.LinkSettings;
import io.rserpool.sim.network.MulticastSettings;
import io.rserpool.sim.scenario.Run;
import io.rserpool.sim.scope.ElementProcess;
import io.rserpool.sim.scope.RegistrarProcess;
import io.rserpool.sim.scope.Scope;
import io.rserpool.sim.scope.ScopeListener;
import io.rserpool.sim.scope.ScopeSettings;
import io.rserpool.sim.scope.UserProcess;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// A scope in which nothing goes wrong, over links that neither lose nor delay much, and one element,
/// the guest, or one registrar, to which something happens. Two of the same seed do the same, message
/// by message, until then.
final class QuietScope {

  private static final long DELAY_NS = 200_000;
  private static final double NEW_LOAD = 0.75;

  /// Long enough for the start of all registrars, one after another if they have to.
  private static final int START_UNITS = 10;

  // From the first registration to the event. With at most four units of consequences it is over
  // before elements register again of their own accord, in every profile.
  private static final double REST_UNITS_MIN = 1.2;
  private static final double REST_UNITS_MAX = 1.7;

  /// Of re-registration, over which the mean is taken.
  private static final int PERIODS = 3;

  private final Ledger ledger = new Ledger();
  private final Simulation simulation = new Simulation(ledger);
  private final Profile profile;
  private final Scope scope;
  private final ElementProcess guest;

  /// Starts one.
  ///
  /// @param elements at least two, one of which is the guest
  /// @param hasGuest whether the guest has joined already
  QuietScope(Profile profile, int registrars, int elements, long seed, boolean hasGuest) {
    this.profile = profile;
    ScopeSettings settings =
        new ScopeSettings(
            profile,
            registrars,
            elements,
            1,
            0,
            0,
            0,
            false,
            0,
            LinkSettings.repaired(DELAY_NS, 0),
            MulticastSettings.perfect());
    SplittableRandom random = new SplittableRandom(seed);
    scope = new Scope(simulation, settings, random.split(), new Deaf());
    guest = scope.elements().getLast();
    scope.start();
    runFor(START_UNITS * Run.unitNs(profile));
    for (ElementProcess element : scope.elements()) {
      // Registrations, and with them repetitions and keep-alives, do not come all at once.
      long atNs = simulation.nowNs() + random.nextLong(Run.unitNs(profile));
      if (hasGuest || element != guest) {
        simulation.at(atNs, element::join);
      }
    }
    runFor((long) (random.nextDouble(REST_UNITS_MIN, REST_UNITS_MAX) * Run.unitNs(profile)));
    ledger.open();
  }

  /// Lets it be, and counts.
  Account rest(long ns) {
    ledger.open();
    runFor(ns);
    return ledger.account();
  }

  /// The cost of one re-registration that changes nothing, from many of them.
  Account renewal() {
    Account all = rest(PERIODS * ElementSettings.forProfile(profile).t4Reregistration().toNanos());
    return all.dividedBy((double) ledger.registrations());
  }

  /// Lets something happen, and counts for so long.
  Account after(Operation operation, long ns) {
    ledger.open();
    switch (operation) {
      case REGISTRATION -> guest.join();
      case RENEWAL -> {}
      case CHANGE -> guest.load(NEW_LOAD);
      case DEREGISTRATION -> guest.leave();
      case ELEMENT_KILLED -> {
        ledger.died(guest.name());
        guest.node().kill(false);
      }
      case ELEMENT_FROZEN -> {
        ledger.died(guest.name());
        guest.node().pause();
      }
      case REGISTRAR_KILLED -> {
        ledger.died(busiest().name());
        busiest().node().kill(false);
      }
      case REGISTRAR_FROZEN -> {
        ledger.died(busiest().name());
        busiest().node().pause();
      }
    }
    runFor(ns);
    return ledger.account();
  }

  /// How many elements the registrar has that fails.
  int elementsOfBusiest() {
    return ownElements(busiest());
  }

  /// How many elements every living registrar has in its handlespace.
  List<Integer> elements() {
    return scope.registrars().stream()
        .filter(registrar -> registrar.node().isRunning())
        .map(registrar -> registrar.view().orElseThrow().elements().size())
        .toList();
  }

  private RegistrarProcess busiest() {
    return scope.registrars().stream()
        .max(Comparator.comparingInt(QuietScope::ownElements))
        .orElseThrow();
  }

  private static int ownElements(RegistrarProcess registrar) {
    return registrar
        .view()
        .map(view ->
            (int)
                view.elements().stream()
                    .filter(element -> element.element().homeId().equals(registrar.id()))
                    .count())
        .orElse(0);
  }

  private void runFor(long ns) {
    simulation.runUntil(simulation.nowNs() + ns);
  }

  /// The ledger hears enough.
  private static final class Deaf implements ScopeListener {
    @Override
    public void turned(RegistrarProcess registrar) {}

    @Override
    public void started(RegistrarProcess registrar) {}

    @Override
    public void told(RegistrarProcess registrar, Event event) {}

    @Override
    public void joins(ElementProcess element) {}

    @Override
    public void registered(ElementProcess element) {}

    @Override
    public void leaves(ElementProcess element) {}

    @Override
    public void left(ElementProcess element) {}

    @Override
    public void rejected(ElementProcess element, String causes) {}

    @Override
    public void resolved(UserProcess user, PoolHandle handle, UserResult result) {}

    @Override
    public void changed(UserProcess user, PoolHandle handle, List<PoolElementParameter> elements) {}
  }
}
