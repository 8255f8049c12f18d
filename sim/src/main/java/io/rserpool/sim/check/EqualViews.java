package io.rserpool.sim.check;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/// When everything has settled, every user that watches a pool has been told who is in it.
final class EqualViews extends Invariant {

  EqualViews(Truth truth) {
    super("equal-views", truth);
  }

  @Override
  void observe(Observation observation) {
    if (!(observation instanceof Observation.Settled) || truth().running().isEmpty()) {
      return;
    }
    for (UserFacts user : truth().users()) {
      if (user.isRunning()) {
        user.seen()
            .forEach((handle, seen) -> {
              NavigableSet<ElementId> members = truth().members(handle);
              check(
                  own(handle, seen).equals(own(handle, members)),
                  user.name(),
                  () -> handle + " with " + members,
                  () -> seen.toString());
            });
      }
    }
  }

  private Set<ElementId> own(PoolHandle handle, NavigableSet<ElementId> ids) {
    Set<ElementId> own = new TreeSet<>(ids);
    own.removeIf(id -> truth().ledger().hasForeign(new Identity(handle, id)));
    return own;
  }
}
