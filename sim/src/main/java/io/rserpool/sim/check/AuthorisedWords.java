package io.rserpool.sim.check;

import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;

/// In a secured scope members believe, and speak to, only whom they should: elements and users say
/// nothing to an adversary that is called, or calls, as a registrar; registrars say nothing of ENRP, and
/// ask for no element, to anybody else than registrars and that element; no home is anybody but a
/// registrar; and users are told of no element that nobody who may has registered.
final class AuthorisedWords extends Invariant {

  AuthorisedWords(Truth truth) {
    super("authorised-words", truth);
  }

  @Override
  void observe(Observation observation) {
    if (observation instanceof Observation.Believed(String process, String what)) {
      check(
          false,
          process,
          () -> "nothing to be said to whoever has not proved his role",
          () -> what);
    } else if (observation instanceof Observation.MovesTo(String element, ServerId home)) {
      check(
          home.isNone() || truth().registrars().stream().anyMatch(r -> r.isOrWas(home)),
          element,
          () -> "a registrar of the scope for its home",
          () -> "registrar " + home);
    } else if (observation
        instanceof Observation.Shown(UserFacts user, PoolHandle handle, var elements)) {
      elements.forEach(element -> shown(user, handle, element));
    }
  }

  private void shown(UserFacts user, PoolHandle handle, PoolElementParameter element) {
    Identity identity = new Identity(handle, element.elementId());
    String objection = truth().ledger().objection(identity, element, false);
    check(
        objection.isEmpty() && element.registrant().isEmpty(),
        user.name(),
        () -> "only elements as their owners registered them, and nobody's name",
        () -> element + ": " + objection);
  }
}
