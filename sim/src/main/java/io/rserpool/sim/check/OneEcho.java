package io.rserpool.sim.check;

import io.rserpool.protocol.Octets;
import io.rserpool.sim.session.SessionDeed;
import java.util.Optional;

/// An element is given the newest cookie that the session has, once, before anything else.
final class OneEcho extends Invariant {

  OneEcho(Truth truth) {
    super("one-echo", truth);
  }

  @Override
  void observe(Observation observation) {
    if (!(observation instanceof Observation.InSession(SessionDeed deed))) {
      return;
    }
    if (deed instanceof SessionDeed.WroteEcho(long session, long link, Octets cookie)) {
      truth().sessions().find(session).ifPresent(facts -> echoed(facts, link, cookie));
    } else if (deed instanceof SessionDeed.WroteData(long session, long link, _)) {
      other(session, link);
    } else if (deed instanceof SessionDeed.WroteControl(long session, long link)) {
      other(session, link);
    }
  }

  private void echoed(SessionFacts facts, long link, Octets cookie) {
    Optional<Octets> newest = facts.cookie();
    String user = facts.user().name();
    check(
        facts.isNew(link),
        user,
        () -> facts + ": an echo as the first thing on a link only",
        () -> "an echo after something else");
    check(
        newest.isPresent() && newest.get().equals(cookie),
        user,
        () -> facts + ": the newest cookie, " + newest.map(Octets::toHex).orElse("none"),
        cookie::toHex);
  }

  private void other(long session, long link) {
    truth()
        .sessions()
        .find(session)
        .ifPresent(facts ->
            check(
                !facts.isNew(link) || facts.cookie().isEmpty(),
                facts.user().name(),
                () -> facts + ": the echo of the newest cookie first",
                () -> "something else"));
  }
}
