package io.rserpool.sim.scenario;

import io.rserpool.sim.check.Checker;
import io.rserpool.sim.check.Observation;
import io.rserpool.sim.check.SessionFacts;
import io.rserpool.sim.check.Truth;
import io.rserpool.sim.check.UserFacts;
import io.rserpool.sim.session.SessionDeed;
import io.rserpool.sim.session.SessionListener;

/// Hears what happens in sessions, shows it to the [Checker], and keeps it.
final class SessionWitness implements SessionListener {

  private final Truth truth;
  private final Checker checker;

  SessionWitness(Truth truth, Checker checker) {
    this.truth = truth;
    this.checker = checker;
  }

  @Override
  public void happened(SessionDeed deed) {
    if (deed instanceof SessionDeed.Opened opened) {
      truth.sessions().begin(new SessionFacts(opened, user(opened.user())));
    }
    checker.observe(new Observation.InSession(deed));
    truth.sessions().note(deed, truth.nowNs());
  }

  private UserFacts user(String name) {
    return truth.users().stream()
        .filter(user -> user.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody has met " + name));
  }
}
