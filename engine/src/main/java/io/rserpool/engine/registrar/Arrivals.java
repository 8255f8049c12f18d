package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.access.Decision;
import io.rserpool.engine.peering.Peering;
import io.rserpool.engine.turn.Turn;

/// Takes associations that are up, if there is room for them and the other side may come in, and hands
/// them to whom they concern.
final class Arrivals {

  private final Turn turn;
  private final Gate gate;
  private final RateLimits limits;
  private final Associations associations;
  private final Calls calls;
  private final Peering peering;
  private final int associationsMax;

  Arrivals(
      Turn turn,
      Gate gate,
      RateLimits limits,
      Associations associations,
      Calls calls,
      Peering peering,
      RegistrarSettings settings) {
    this.turn = turn;
    this.gate = gate;
    this.limits = limits;
    this.associations = associations;
    this.calls = calls;
    this.peering = peering;
    this.associationsMax = settings.count(RegistrarSetting.ASSOCIATIONS_MAX);
  }

  /// An association is up, opened by either side.
  void up(Input.AssociationUp up) {
    Association association = new Association(up, gate.policy().rightsOf(up.identity()));
    if (association.id().isOutgoing()) {
      accepted(association);
      return;
    }
    boolean isFull = associations.size() >= associationsMax;
    if (isFull || !limits.allows(RateLimits.What.CONNECTION, association)) {
      String limit = isFull ? "associations in all" : "new associations";
      turn.emit(new RegistrarEvent.LimitHit(association.peer(), limit, 1));
      turn.effect(new Effect.Abort(association.id(), "over the limit: " + limit));
      return;
    }
    Decision entry = gate.entry(association);
    if (!entry.isAllowed()) {
      turnAway(association, "call by " + association.kind(), entry.reason());
      return;
    }
    associations.add(association);
    if (association.kind() == AssociationKind.ENRP) {
      peering.up(association.up(), Gate.isReader(association));
    }
  }

  /// A call of this registrar was accepted.
  private void accepted(Association association) {
    switch (association.kind()) {
      case ASAP -> {
        associations.add(association);
        calls.up(association);
      }
      case ENRP -> {
        Decision entry = gate.entry(association);
        if (entry.isAllowed()) {
          associations.add(association);
          peering.up(association.up(), false);
        } else {
          turnAway(association, "accept a call by ENRP", entry.reason());
          peering.down(association.id(), LossReason.REFUSED, entry.reason());
        }
      }
    }
  }

  private void turnAway(Association association, String wanted, String why) {
    gate.refused(association, wanted, why);
    turn.effect(new Effect.Abort(association.id(), "not authorised"));
  }
}
