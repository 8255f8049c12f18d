package io.rserpool.sim.check;

import io.rserpool.engine.session.LossSource;
import io.rserpool.protocol.ElementId;
import io.rserpool.sim.session.SessionDeed;

/// No session leaves an element that is there and is left in peace, with the user and the registrars;
/// and each looks into the removal of its element as soon as it is told.
final class SteadySessions extends Invariant {

  SteadySessions(Truth truth) {
    super("steady-sessions", truth);
  }

  @Override
  void observe(Observation observation) {
    if (!(observation instanceof Observation.InSession(SessionDeed deed))) {
      return;
    }
    if (deed instanceof SessionDeed.Lost(long session, ElementId element, LossSource source)) {
      truth().sessions().find(session).ifPresent(facts -> lost(facts, element, source));
    } else if (deed instanceof SessionDeed.Unlisted(long session, ElementId element)) {
      truth().sessions().find(session).ifPresent(facts -> unlisted(facts, element));
    }
  }

  private void lost(SessionFacts facts, ElementId id, LossSource source) {
    long sinceNs = truth().nowNs() - bounds().aftermathNs();
    // A link on which nothing came since then may be one with an earlier life of the element.
    boolean isCalm =
        facts.heardNs() > sinceNs
            && facts.user().quiet().isSince(sinceNs)
            && truth().registrarsQuietSince(sinceNs)
            && truth()
                .find(new Identity(facts.handle(), id))
                .filter(element -> element.state() == ElementFacts.State.IN)
                .filter(element -> element.sinceNs() <= sinceNs)
                .filter(element -> element.quiet().isSince(sinceNs))
                .isPresent();
    check(
        !isCalm || isAllowed(source) || !bounds().sessions().isFast(facts.settings()),
        facts.user().name(),
        () -> facts + " to stay on element=" + id + ", which is left in peace",
        () -> "it leaves it: " + source);
  }

  /// Users may lie to registrars, and applications may do what they like.
  private static boolean isAllowed(LossSource source) {
    return switch (source) {
      case REMOVED, REFUSED_COOKIE, APPLICATION, FAIL_BACK -> true;
      case CLOSED, RESET, REFUSED, CONNECT_TIMEOUT, READ_TIMEOUT, SEND_TIMEOUT, HEARTBEAT -> false;
    };
  }

  private void unlisted(SessionFacts facts, ElementId element) {
    check(
        facts.probed().equals(element),
        facts.user().name(),
        () -> facts + " to probe element=" + element + ", which is out of the pool",
        () -> "nothing");
  }
}
