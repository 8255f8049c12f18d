package io.rserpool.engine;

/// Names one association between this node and a peer, on any transport. The engine numbers those
/// that it opens downward from -1, the host those that it accepts upward from 1; a number is never
/// used twice.
///
/// @param value not 0
public record AssociationId(long value) {

  public AssociationId {
    if (value == 0) {
      throw new IllegalArgumentException("an association number is not 0");
    }
  }

  /// Whether this node opened the association.
  public boolean isOutgoing() {
    return value < 0;
  }

  @Override
  public String toString() {
    return isOutgoing() ? "out-" + -value : "in-" + value;
  }
}
