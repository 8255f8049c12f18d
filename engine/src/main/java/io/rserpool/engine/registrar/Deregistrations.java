package io.rserpool.engine.registrar;

import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import java.util.List;

/// Lets elements go (RFC 5352 section 3.2), and takes them out by hand for operators on this
/// machine.
/// The RFC lets an element only deregister itself; without security, that is who comes over the
/// element's own association, or at least from where it registered.
final class Deregistrations {

  private final Turn turn;
  private final ServerId id;
  private final Membership membership;
  private final Registrations registrations;
  private final RemovalHolds holds;
  private final Updates updates;
  private final RateLimits limits;
  private final Ownership ownership;
  private final boolean byHand;
  private final boolean tells;
  private final long holdNs;

  Deregistrations(
      Turn turn,
      ServerId id,
      RegistrarSettings settings,
      Membership membership,
      Registrations registrations,
      RemovalHolds holds,
      Updates updates,
      RateLimits limits,
      Ownership ownership) {
    this.turn = turn;
    this.id = id;
    this.membership = membership;
    this.registrations = registrations;
    this.holds = holds;
    this.updates = updates;
    this.limits = limits;
    this.ownership = ownership;
    this.byHand = settings.isOn(RegistrarSetting.REMOVAL_BY_HAND);
    this.tells = settings.isOn(RegistrarSetting.REMOVAL_RESPONSE);
    this.holdNs = settings.ns(RegistrarSetting.REMOVAL_HOLD);
  }

  /// A deregistration has come. One for an element that is not there is granted.
  void received(Association association, AsapDeregistration message) {
    if (!limits.allows(RateLimits.What.REGISTRATION, association)) {
      answer(association, message, List.of(ErrorCause.of(CauseCode.LACK_OF_RESOURCES)));
      limits.refused(association, "deregistrations");
      return;
    }
    association.forgetRefusals();
    Registration registration = membership.find(message.handle(), message.elementId());
    if (registration == null) {
      answer(association, message, List.of());
      return;
    }
    Registration.Rival rival = registration.rival();
    if (rival != null
        && rival.association() == association
        && message.leave() == LeaveRequest.NONE) {
      // Its own registration, that still waits, is what the rival takes back.
      registrations.rivalLoses(registration);
      answer(association, message, List.of());
      return;
    }
    boolean isOwn = registration.association() == association;
    boolean asks = !isOwn && message.leave() != LeaveRequest.NONE;
    String objection =
        asks
            ? objectionToRemoval(association)
            : isOwn || ownership.isItself(registration, association)
                ? ""
                : "only the element itself may deregister";
    if (!objection.isEmpty()) {
      refuse(association, message, objection);
    } else if (asks) {
      takeOut(registration, association, message);
    } else {
      // The answer first: over a call of this registrar, nothing can be said after the removal.
      answer(association, message, List.of());
      remove(registration);
      turn.emit(
          new RegistrarEvent.Deregistered(
              message.handle(), message.elementId(), association.peer()));
      registrations.rivalGoesOn(registration);
    }
  }

  /// Whoever's it was: this registrar becomes its home, says so, and removes it, so that the peers
  /// obey (RFC 5352 section 3.2).
  private void remove(Registration registration) {
    if (!registration.entry().home().equals(id)) {
      membership.changeHome(registration, id);
      updates.add(registration.entry());
    }
    registration.standing(Registration.Standing.MONITORED);
    membership.remove(registration);
  }

  /// Why an element is not taken out by hand; empty if it is.
  private String objectionToRemoval(Association association) {
    if (!association.rights().isOpen()) {
      return association.rights().remove().reason();
    }
    return byHand && association.isLocal()
        ? ""
        : "taking out by hand is allowed from this machine only";
  }

  private void takeOut(
      Registration registration, Association association, AsapDeregistration message) {
    Association own = registration.association();
    remove(registration);
    holds.hold(registration.key(), turn.nowNs() + holdNs);
    turn.emit(
        new RegistrarEvent.TakenOut(
            message.handle(), message.elementId(), message.leave(), association.peer()));
    if (tells && own != null) {
      turn.send(
          own.id(),
          new AsapDeregistrationResponse(
              message.handle(), message.elementId(), List.of(), message.leave()));
    }
    answer(association, message, List.of());
    registrations.rivalGoesOn(registration);
  }

  private void refuse(Association association, AsapDeregistration message, String why) {
    ErrorCause cause = ErrorCause.of(CauseCode.SECURITY);
    turn.emit(
        new RegistrarEvent.Rejected(
            message.handle(), message.elementId(), association.peer(), cause, why));
    answer(association, message, List.of(cause));
  }

  private void answer(
      Association association, AsapDeregistration message, List<ErrorCause> causes) {
    turn.send(
        association.id(),
        new AsapDeregistrationResponse(message.handle(), message.elementId(), causes));
  }
}
