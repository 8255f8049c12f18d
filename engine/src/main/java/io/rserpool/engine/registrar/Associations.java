package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.turn.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The associations that are up. What depends on one is told when it ends, whoever ended it.
final class Associations {

  /// Takes note that an association is gone.
  @FunctionalInterface
  interface LossListener {
    void lost(Association association, LossReason reason, String detail);
  }

  private final Turn turn;
  private final LinkedHashMap<AssociationId, Association> byId = new LinkedHashMap<>();
  private final List<LossListener> listeners = new ArrayList<>();

  Associations(Turn turn) {
    this.turn = turn;
  }

  void listen(LossListener listener) {
    listeners.add(listener);
  }

  @Nullable Association find(AssociationId id) {
    return byId.get(id);
  }

  void add(Association association) {
    byId.put(association.id(), association);
  }

  int size() {
    return byId.size();
  }

  List<Association> all() {
    return List.copyOf(byId.values());
  }

  /// Takes note that the association is gone.
  void remove(Association association, LossReason reason, String detail) {
    if (byId.remove(association.id()) == null) {
      return;
    }
    association.ended();
    for (LossListener listener : listeners) {
      listener.lost(association, reason, detail);
    }
  }

  /// Breaks it.
  void abort(Association association, String why) {
    turn.effect(new Effect.Abort(association.id(), why));
    remove(association, LossReason.OFFENDING, why);
  }

  /// Ends it in order.
  void close(Association association) {
    turn.effect(new Effect.Close(association.id()));
    remove(association, LossReason.CLOSED, "closed here");
  }
}
