package io.rserpool.sim.check;

/// No element outlives its detection bound at any registrar; if registrars were disturbed meanwhile,
/// the settling time counts from the end of that.
final class DeadGone extends Invariant {

  private final Agenda agenda;

  DeadGone(Truth truth, Agenda agenda) {
    super("dead-gone", truth);
    this.agenda = agenda;
  }

  @Override
  void observe(Observation observation) {
    if (observation instanceof Observation.Ended(ElementFacts element)) {
      long nowNs = truth().nowNs();
      long sinceNs = element.sinceNs();
      boolean wasSettled =
          truth().registrarsQuietSince(nowNs - bounds().settleNs())
              && element.quiet().isSince(nowNs - bounds().settleNs());
      long boundNs = wasSettled ? bounds().detectionNs() : bounds().settleNs();
      agenda.at(nowNs + boundNs, () -> look(element, sinceNs));
    }
  }

  private void look(ElementFacts element, long endedNs) {
    boolean isSame = truth().find(element.identity()).orElse(null) == element;
    if (!isSame || element.sinceNs() != endedNs) {
      return;
    }
    if (!truth().registrarsQuietSince(endedNs)) {
      long untilNs = againNs(endedNs);
      if (untilNs > truth().nowNs()) {
        agenda.at(untilNs, () -> look(element, endedNs));
        return;
      }
    }
    for (RegistrarFacts registrar : truth().running()) {
      check(
          !registrar.elements().containsKey(element.identity()),
          registrar.name(),
          () -> "no " + element + ", which ended at " + endedNs / 1_000_000 + " ms",
          () -> "it is still there");
    }
  }

  /// When to look again, since there was a fault after the end.
  private long againNs(long endedNs) {
    long latestNs = Math.max(endedNs, truth().partition().sinceNs());
    boolean isDisturbed = truth().partition().isDisturbed();
    for (RegistrarFacts registrar : truth().registrars()) {
      latestNs = Math.max(latestNs, registrar.quiet().sinceNs());
      isDisturbed |= registrar.quiet().isDisturbed();
    }
    return (isDisturbed ? truth().nowNs() : latestNs) + bounds().settleNs();
  }
}
