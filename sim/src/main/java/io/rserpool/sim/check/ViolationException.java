package io.rserpool.sim.check;

/// Ends a simulation: an invariant does not hold.
public final class ViolationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Violation violation;

  ViolationException(Violation violation) {
    super(violation.toString());
    this.violation = violation;
  }

  /// What is wrong.
  public Violation violation() {
    return violation;
  }
}
