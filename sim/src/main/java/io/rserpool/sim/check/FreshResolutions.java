package io.rserpool.sim.check;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.util.List;

/// No resolution returns an element after its deregistration was confirmed and has had the time to
/// reach every registrar. What a user takes from its cache is as old as it says.
final class FreshResolutions extends Invariant {

  FreshResolutions(Truth truth) {
    super("fresh-resolutions", truth);
  }

  @Override
  void observe(Observation observation) {
    if (observation
        instanceof
        Observation.Resolved(
            UserFacts user,
            PoolHandle handle,
            List<ElementId> elements,
            long ageNs,
            boolean pushed)) {
      long allowanceNs = pushed ? bounds().pushNs() : ageNs;
      for (ElementId id : elements) {
        truth()
            .find(new Identity(handle, id))
            .ifPresent(element -> named(user, element, allowanceNs));
      }
    }
  }

  private void named(UserFacts user, ElementFacts element, long allowanceNs) {
    long leftNs = element.sinceNs();
    long sinceNs = truth().nowNs() - leftNs;
    long boundNs = bounds().propagationNs() + bounds().roundTripNs() + allowanceNs;
    long calmNs = leftNs - bounds().settleNs();
    boolean isLate =
        element.state() == ElementFacts.State.LEFT
            && sinceNs > boundNs
            && element.quiet().isSince(calmNs)
            && user.quiet().isSince(calmNs)
            && truth().registrarsQuietSince(calmNs);
    check(
        !isLate,
        user.name(),
        () -> "no " + element + ", which left " + sinceNs / 1_000_000 + " ms ago",
        () -> "a resolution with it, allowed " + boundNs / 1_000_000 + " ms");
  }
}
