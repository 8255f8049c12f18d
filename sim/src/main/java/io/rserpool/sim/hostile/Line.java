package io.rserpool.sim.hostile;

import io.rserpool.engine.AssociationKind;
import io.rserpool.sim.network.Node;
import org.jspecify.annotations.Nullable;

/// An association of an adversary.
final class Line {

  private final AssociationKind kind;
  private final @Nullable Node called;
  private boolean isUp;

  /// @param called whom it has called; nobody if it was called itself
  Line(AssociationKind kind, @Nullable Node called) {
    this.kind = kind;
    this.called = called;
  }

  AssociationKind kind() {
    return kind;
  }

  boolean leadsTo(Node node, AssociationKind wanted) {
    return node.equals(called) && kind == wanted;
  }

  @Nullable Node called() {
    return called;
  }

  boolean isUp() {
    return isUp;
  }

  void up() {
    isUp = true;
  }
}
