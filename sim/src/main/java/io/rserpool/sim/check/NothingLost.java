package io.rserpool.sim.check;

import io.rserpool.engine.registrar.RegistrarView;

/// No acknowledged registration disappears while its element lives, and it and the registrar are
/// left in peace, or the registrar has merely paused; while registrars cannot reach each other, it does not disappear everywhere. Where a
/// lost association is not verified, an element may vanish while it moves to another home.
final class NothingLost extends Invariant {

  NothingLost(Truth truth) {
    super("nothing-lost", truth);
  }

  @Override
  void observe(Observation observation) {
    if (observation instanceof Observation.HandlespaceChanged(RegistrarFacts registrar, var gone)) {
      gone.forEach(element -> gone(registrar, element));
    }
  }

  private void gone(RegistrarFacts registrar, Observation.Gone gone) {
    Identity identity = gone.identity();
    ElementFacts facts = truth().find(identity).orElse(null);
    long nowNs = truth().nowNs();
    long aftermathNs = bounds().aftermathNs();
    if (facts == null) {
      return;
    }
    boolean isInPeace =
        facts.state() == ElementFacts.State.IN
            && nowNs - facts.sinceNs() >= aftermathNs
            && facts.quiet().isFor(nowNs, aftermathNs)
            && registrar.steady().isFor(nowNs, aftermathNs);
    boolean excused =
        !truth().partition().isFor(nowNs, bounds().settleNs())
            || !facts.isCallable()
            || !bounds().verifiesLoss();
    boolean elsewhere =
        truth().running().stream()
            .filter(other -> other.view().map(RegistrarView::isServing).orElse(false))
            .anyMatch(other -> other.known().containsKey(identity));
    check(
        !isInPeace
            || (excused
                && (elsewhere || !truth().registrarsQuietSince(nowNs - bounds().settleNs()))),
        registrar.name(),
        () -> facts + " to stay",
        () -> "it was removed, its home there was " + gone.home());
  }
}
