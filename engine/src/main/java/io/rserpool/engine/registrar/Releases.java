package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;

/// Ends associations that elements do not need any more, a little later: an element that uses one all
/// the same goes on, and an element that knows of no other notices and comes back.
final class Releases {

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final Associations associations;
  private final long delayNs;

  Releases(
      Turn turn,
      DeadlineQueue<Due> deadlines,
      Associations associations,
      RegistrarSettings settings) {
    this.turn = turn;
    this.deadlines = deadlines;
    this.associations = associations;
    this.delayNs = settings.ns(RegistrarSetting.RELEASE_DELAY);
  }

  /// How much later.
  long delayNs() {
    return delayNs;
  }

  /// Ends an association, if nothing depends on it by then.
  void later(Association association) {
    AssociationId id = association.id();
    deadlines.set(deadlines.create(() -> end(id)), turn.nowNs() + delayNs);
  }

  private void end(AssociationId id) {
    Association association = associations.find(id);
    if (association != null
        && association.registrations().isEmpty()
        && association.subscriptions().isEmpty()) {
      associations.close(association);
    }
  }
}
