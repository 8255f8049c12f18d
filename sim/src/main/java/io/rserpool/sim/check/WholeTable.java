package io.rserpool.sim.check;

import java.util.List;
import java.util.Set;

/// A registrar that begins to serve, while the others, any of which can be its mentor, have been left in
/// peace, knows every settled element that all of them know.
final class WholeTable extends Invariant {

  WholeTable(Truth truth) {
    super("whole-table", truth);
  }

  @Override
  void observe(Observation observation) {
    if (!(observation instanceof Observation.BeginsToServe(RegistrarFacts registrar))) {
      return;
    }
    long settledNs = truth().nowNs() - bounds().settleNs();
    List<RegistrarFacts> others =
        truth().running().stream().filter(other -> other != registrar).toList();
    boolean hasMentor =
        !others.isEmpty()
            && truth().partition().isSince(settledNs)
            && others.stream().allMatch(other -> other.quiet().isSince(settledNs));
    if (!hasMentor) {
      return;
    }
    Set<Identity> known = registrar.elements().keySet();
    for (ElementFacts element : truth().elements().values()) {
      boolean isSettled =
          element.state() == ElementFacts.State.IN
              && !truth().ledger().hasForeign(element.identity())
              && element.sinceNs() <= settledNs
              && element.quiet().isSince(settledNs)
              && others.stream().allMatch(other -> other.known().containsKey(element.identity()));
      check(
          !isSettled || known.contains(element.identity()),
          registrar.name(),
          () -> element + " to be known when it begins to serve",
          () -> known.size() + " others");
    }
  }
}
