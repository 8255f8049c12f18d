package io.rserpool.engine.registrar;

import io.rserpool.engine.turn.Turn;

/// Counts what peers send that cannot be read, or that makes no sense here; too much of it breaks
/// the
/// association, and costs nobody else anything.
final class Offences {

  private final Turn turn;
  private final Associations associations;
  private final int max;

  Offences(Turn turn, RegistrarSettings settings, Associations associations) {
    this.turn = turn;
    this.associations = associations;
    this.max = settings.count(RegistrarSetting.MALFORMED_MAX);
  }

  void senseless(Association association, String what) {
    int count = association.countMalformed();
    turn.emit(new RegistrarEvent.Malformed(association.peer(), what, count));
    if (max > 0 && count >= max) {
      associations.abort(association, count + " messages that make no sense");
    }
  }
}
