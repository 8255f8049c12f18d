package io.rserpool.sim.check;

import io.rserpool.sim.session.SessionDeed;

/// However many elements fail, and however they do it, a session asks for no more, and makes no more
/// calls, probes and reports in a given time than rounds of its pool with pauses between them need.
final class BoundedSessions extends Invariant {

  BoundedSessions(Truth truth) {
    super("bounded-sessions", truth);
  }

  @Override
  void observe(Observation observation) {
    if (observation instanceof Observation.InSession(SessionDeed deed)) {
      if (deed instanceof SessionDeed.Called(long session, _)) {
        truth().sessions().find(session).ifPresent(this::look);
      } else if (deed instanceof SessionDeed.Chooses(long session)) {
        truth().sessions().find(session).ifPresent(this::look);
      }
    }
  }

  private void look(SessionFacts facts) {
    int most = bounds().sessions().efforts(1 + named(facts));
    check(
        facts.efforts() < most,
        facts.user().name(),
        () -> facts + ": at most " + most + " questions, calls, probes and reports in a row",
        () -> Integer.toString(facts.efforts()));
  }

  /// Elements that somebody may still name.
  private int named(SessionFacts facts) {
    int count = 0;
    for (ElementFacts element : truth().elements().values()) {
      boolean isForgotten =
          element.state() != ElementFacts.State.IN
              && element.sinceNs() <= truth().nowNs() - bounds().settleNs();
      if (element.identity().handle().equals(facts.handle()) && !isForgotten) {
        count++;
      }
    }
    return count;
  }
}
