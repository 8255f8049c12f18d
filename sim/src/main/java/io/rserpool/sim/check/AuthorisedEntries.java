package io.rserpool.sim.check;

import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.sim.access.Charter;

/// In a secured scope every entry of every handlespace is as somebody registered it who may: its owner,
/// its addresses and its policy are what that owner told; its home is a registrar of the scope; and no
/// registrar keeps an element as its own that its charter does not allow.
final class AuthorisedEntries extends Invariant {

  AuthorisedEntries(Truth truth) {
    super("authorised-entries", truth);
  }

  @Override
  void observe(Observation observation) {
    if (observation instanceof Observation.Changed(RegistrarFacts registrar, Cause cause)) {
      for (Change change : registrar.changes()) {
        PoolElementParameter entry = change.after();
        if (entry != null) {
          look(registrar, cause, change.identity(), entry);
        }
      }
    } else if (observation instanceof Observation.Governed(RegistrarFacts registrar)) {
      allowed(registrar);
    } else if (observation instanceof Observation.Settled) {
      truth().running().forEach(this::allowed);
      truth()
          .ledger()
          .forget(identity ->
              truth().elements().containsKey(identity)
                  || truth().registrars().stream().anyMatch(r -> r.known().containsKey(identity)));
    }
  }

  private void look(
      RegistrarFacts registrar, Cause cause, Identity identity, PoolElementParameter entry) {
    ServerId home = entry.homeId();
    // In profile rsplib a registrar knows the names of its own elements only.
    boolean isNamed =
        bounds().registrar().profile() != Profile.RSPLIB || !entry.registrant().isEmpty();
    String objection = truth().ledger().objection(identity, entry, isNamed);
    boolean isHome =
        home.isNone() || truth().registrars().stream().anyMatch(other -> other.isOrWas(home));
    check(
        objection.isEmpty() && isHome,
        registrar.name(),
        () -> identity + " as its owner registered it, at a registrar of the scope",
        () ->
            "%s since %s: %s"
                .formatted(entry, cause, isHome ? objection : "nobody is registrar " + home));
  }

  private void allowed(RegistrarFacts registrar) {
    Charter charter = registrar.charter();
    RegistrarView view = registrar.view().orElse(null);
    if (view == null || !charter.isSecured()) {
      return;
    }
    for (RegistrarView.Element element : view.elements()) {
      PoolElementParameter entry = element.element();
      String owner = entry.registrant();
      boolean isOwn = entry.homeId().equals(view.id());
      check(
          !isOwn
              || owner.isEmpty()
              || charter.mayRegister(owner, element.handle(), entry.elementId()),
          registrar.name(),
          () -> "no element of its own that its charter does not allow",
          () -> element.handle() + "/" + entry.elementId() + " of '" + owner + "'");
    }
  }
}
