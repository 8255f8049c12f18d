package io.rserpool.engine.registrar;

import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.access.Decision;
import io.rserpool.engine.access.Rights;
import io.rserpool.engine.turn.Turn;

/// Keeps the policy of the scope, and asks it who may come in. In a scope without security nobody is
/// asked who he is, and nobody is refused.
final class Gate {

  private final Turn turn;
  private AccessPolicy policy;

  Gate(Turn turn, AccessPolicy policy) {
    this.turn = turn;
    this.policy = policy;
  }

  AccessPolicy policy() {
    return policy;
  }

  void policy(AccessPolicy newPolicy) {
    policy = newPolicy;
  }

  boolean isSecured() {
    return !policy.isOpen();
  }

  /// Whether an association may last: one that speaks ENRP leads to a registrar of the scope, or comes
  /// from somebody who may read tables.
  Decision entry(Association association) {
    Rights rights = association.rights();
    return switch (association.kind()) {
      case ASAP -> rights.associate();
      case ENRP -> {
        boolean mayRead = !association.id().isOutgoing() && rights.dump().isAllowed();
        yield mayRead ? Decision.ALLOWED : rights.speakAsRegistrar();
      }
    };
  }

  /// Whether an association only reads tables.
  static boolean isReader(Association association) {
    return !association.rights().speakAsRegistrar().isAllowed();
  }

  /// The name under which a registration over an association is kept; empty if nothing is proved, or
  /// nobody has to.
  String registrant(Association association) {
    return isSecured() ? association.provenName() : "";
  }

  /// Whether who has accepted a call is who registered the element that was called, and may have it
  /// still: its home may have died before it heard of another policy.
  Decision answer(Registration registration, Association association) {
    String registrant = registration.entry().element().registrant();
    if (!isSecured()) {
      return Decision.ALLOWED;
    }
    if (!registrant.isEmpty() && !registrant.equals(association.provenName())) {
      return Decision.refused("it is not " + registrant);
    }
    ElementKey key = registration.key();
    return association.rights().register(key.handle(), key.elementId());
  }

  /// Tells people who wanted what and did not get it, and why.
  void refused(Association association, String wanted, String why) {
    turn.emit(new AccessEvent.Unauthorised(association.peer(), wanted, why));
  }
}
