package io.rserpool.engine.registrar;

import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import java.time.Duration;
import java.util.List;

/// Carries out what [Verdicts] has found: the element goes, everybody is told, and an element that
/// lives after all is made to notice, so that it registers again.
final class Removals {

  private final Turn turn;
  private final Associations associations;
  private final Membership membership;
  private final FlapDamping damping;
  private final boolean tells;

  Removals(
      Turn turn,
      RegistrarSettings settings,
      Associations associations,
      Membership membership,
      FlapDamping damping) {
    this.turn = turn;
    this.associations = associations;
    this.membership = membership;
    this.damping = damping;
    this.tells = settings.isOn(RegistrarSetting.REMOVAL_RESPONSE);
  }

  /// The element is dead.
  void remove(Registration registration, DeathSource source, String detail) {
    ElementKey key = registration.key();
    Association association = registration.association();
    long silenceNs = turn.nowNs() - registration.liveness().lastHeardNs();
    membership.remove(registration);
    if (source == DeathSource.KEEP_ALIVE) {
      damping.removed(key, turn.nowNs());
    }
    turn.emit(
        new RegistrarEvent.Removed(
            key.handle(), key.elementId(), source, Duration.ofNanos(silenceNs), detail));
    if (association == null) {
      return;
    }
    boolean aborts =
        source == DeathSource.KEEP_ALIVE && (association.registrations().isEmpty() || !tells);
    if (tells && !aborts) {
      turn.send(
          association.id(),
          new AsapDeregistrationResponse(key.handle(), key.elementId(), List.of()));
    }
    if (aborts) {
      associations.abort(association, "element " + key.elementId() + " does not answer");
    }
  }
}
