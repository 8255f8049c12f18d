package io.rserpool.sim.workload;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.sim.Simulation;
import io.rserpool.sim.scope.ElementProcess;
import io.rserpool.sim.scope.Scope;
import io.rserpool.sim.scope.UserProcess;
import java.util.HashMap;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a scope is used for: elements join, leave, flap and tell loads; users watch, resolve and
/// report, and some of them lie. Only the questions of users go on while a scope settles.
public final class Workload {

  private static final double ASK_RATE = 0.2;
  private static final int BURST_MAX = 10;

  private final Simulation simulation;
  private final Scope scope;
  private final WorkloadSettings settings;
  private final RandomGenerator random;
  private final double unitNs;
  private final HashMap<String, ElementProcess> byElement = new HashMap<>();
  private boolean isBusy;
  private long operations;

  /// A workload that has not begun.
  ///
  /// @param unitNs to which the rates refer
  public Workload(
      Simulation simulation,
      Scope scope,
      WorkloadSettings settings,
      RandomGenerator random,
      long unitNs) {
    this.simulation = simulation;
    this.scope = scope;
    this.settings = settings;
    this.random = random;
    this.unitNs = unitNs;
  }

  /// All elements join within a unit, and the users watch.
  public void begin() {
    scope.elements().forEach(element -> plan(random.nextDouble() * unitNs, element::join));
    for (UserProcess user : scope.users()) {
      scope.pools().forEach(user::watch);
    }
    List<ElementProcess> elements = scope.elements();
    for (int i = 0; i < elements.size(); i++) {
      ElementProcess element = elements.get(i);
      again(
          i < settings.flappers() ? settings.flapRate() : settings.joinRate(), () -> turn(element));
      again(settings.loadRate(), () -> load(element));
    }
    List<UserProcess> users = scope.users();
    for (int i = 0; i < users.size(); i++) {
      UserProcess user = users.get(i);
      again(settings.resolveRate(), () -> resolve(user));
      if (i >= users.size() - settings.liars()) {
        again(settings.lieRate(), () -> lie(user));
      }
      for (int session = 0; session < scope.settings().sessions().perUser(); session++) {
        int which = session;
        again(ASK_RATE, () -> user.ask(which, 1 + random.nextInt(BURST_MAX)));
      }
    }
  }

  /// Elements come and go from now on, or not.
  public void busy(boolean newBusy) {
    isBusy = newBusy;
  }

  /// How much was asked for.
  public long operations() {
    return operations;
  }

  /// A user has been told where to go: it tries, and reports what it cannot reach.
  public void tries(UserProcess user, PoolHandle handle, List<ElementId> elements) {
    boolean reports = scope.users().indexOf(user) < settings.reporters();
    if (!reports || elements.isEmpty()) {
      return;
    }
    ElementId chosen = elements.get(random.nextInt(elements.size()));
    ElementProcess element = byElement.get(handle + "/" + chosen);
    boolean isThere = element != null && element.node().isRunning() && element.id().equals(chosen);
    if (!isThere) {
      operations++;
      user.report(handle, chosen);
    }
  }

  /// An element has this identifier from now on.
  public void named(ElementProcess element) {
    byElement.put(element.handle() + "/" + element.id(), element);
  }

  private void turn(ElementProcess element) {
    if (isBusy && !element.isLeaving()) {
      operations++;
      if (element.isWanted()) {
        element.leave();
      } else {
        element.join();
      }
    }
  }

  private void load(ElementProcess element) {
    if (isBusy) {
      operations++;
      element.load(random.nextDouble());
    }
  }

  private void resolve(UserProcess user) {
    operations++;
    user.resolve(one(scope.pools()));
  }

  private void lie(UserProcess user) {
    if (isBusy) {
      operations++;
      ElementProcess element = one(scope.elements());
      user.report(element.handle(), element.id());
    }
  }

  private void again(double rate, Runnable action) {
    if (rate > 0) {
      plan(
          -Math.log(1 - random.nextDouble()) / rate * unitNs,
          () -> {
            action.run();
            again(rate, action);
          });
    }
  }

  private void plan(double delayNs, Runnable action) {
    simulation.after((long) delayNs, action);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
