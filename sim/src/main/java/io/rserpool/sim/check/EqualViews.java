package io.rserpool.sim.check;

import io.rserpool.protocol.ElementId;
import java.util.NavigableSet;

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
                  seen.equals(members),
                  user.name(),
                  () -> handle + " with " + members,
                  () -> seen.toString());
            });
      }
    }
  }
}
