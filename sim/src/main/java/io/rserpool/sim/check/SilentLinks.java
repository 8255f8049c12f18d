package io.rserpool.sim.check;

import io.rserpool.sim.session.SessionDeed;

/// A session leaves an element that says nothing any more within the time that its own senses need,
/// whatever the registrars say: no session stays on a frozen or cut-off one.
final class SilentLinks extends Invariant {

  private final Agenda agenda;

  SilentLinks(Truth truth, Agenda agenda) {
    super("silent-links", truth);
    this.agenda = agenda;
  }

  @Override
  void observe(Observation observation) {
    if (observation instanceof Observation.InSession(SessionDeed.Linked(long session, long link))) {
      truth().sessions().find(session).ifPresent(facts -> later(facts, link, truth().nowNs()));
    }
  }

  private void later(SessionFacts facts, long link, long sinceNs) {
    long atNs = sinceNs + bounds().sessions().silenceNs(facts.settings());
    agenda.at(Math.max(atNs, truth().nowNs() + 1), () -> look(facts, link));
  }

  private void look(SessionFacts facts, long link) {
    boolean isThere = truth().sessions().find(facts.number()).orElse(null) == facts;
    if (!isThere || facts.link() != link || !facts.user().isThere()) {
      return;
    }
    long nowNs = truth().nowNs();
    long silentNs = facts.silentSinceNs().orElse(nowNs);
    long resumedNs = facts.user().isRunning() ? facts.user().runsSinceNs() : nowNs;
    long sinceNs = Math.max(silentNs, resumedNs);
    long boundNs = bounds().sessions().silenceNs(facts.settings());
    check(
        nowNs - sinceNs < boundNs + 1,
        facts.user().name(),
        () -> facts + " to leave an element that is silent for " + boundNs / 1_000_000 + " ms",
        () -> "it stays");
    later(facts, link, sinceNs);
  }
}
