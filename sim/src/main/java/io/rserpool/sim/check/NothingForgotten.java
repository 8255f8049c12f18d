package io.rserpool.sim.check;

import io.rserpool.protocol.Octets;
import io.rserpool.sim.session.SessionDeed;
import io.rserpool.sim.session.State;
import java.util.Optional;

/// What was acknowledged to a user before the newest cookie that it holds is in the state of every
/// element that goes on with that cookie; and every state is what the application has asked for, in its
/// order, each request once.
final class NothingForgotten extends Invariant {

  NothingForgotten(Truth truth) {
    super("nothing-forgotten", truth);
  }

  @Override
  void observe(Observation observation) {
    if (!(observation instanceof Observation.InSession(SessionDeed deed))) {
      return;
    }
    if (deed
        instanceof SessionDeed.Restored(String element, _, _, _, Octets cookie, State state, _)) {
      truth()
          .sessions()
          .find(state.session())
          .ifPresent(facts -> {
            look(element, facts, state);
            int least = facts.acknowledgedBefore(cookie).orElse(0);
            check(
                state.count() >= least,
                element,
                () -> facts + ": at least " + least + " requests, which were acknowledged before",
                () -> state.count() + " in the cookie");
          });
    } else if (deed instanceof SessionDeed.Applied(String element, _, State after)) {
      truth().sessions().find(after.session()).ifPresent(facts -> look(element, facts, after));
    }
  }

  private void look(String element, SessionFacts facts, State state) {
    Optional<State> wanted = facts.state(state.count());
    check(
        wanted.isPresent() && wanted.get().equals(state),
        element,
        () -> facts + ": " + wanted,
        state::toString);
  }
}
