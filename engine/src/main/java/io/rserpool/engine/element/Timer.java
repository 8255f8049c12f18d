package io.rserpool.engine.element;

/// What a pool element waits for.
enum Timer {
  /// An answer to a registration: T2-registration.
  T2,
  /// An answer to a deregistration: T3-deregistration.
  T3,
  /// The next renewal: T4-reregistration.
  T4,
  /// The moment at which changed values may be sent.
  UPDATE,
  /// The next attempt after a refusal that another moment may change.
  RETRY,
  /// The patience of the caller who waits for the first registration.
  CALLER,
  /// The patience of the caller who waits for the deregistration.
  FAREWELL,
  /// A sign of life of the home registrar.
  SILENCE,
  /// The end of the association to the former home.
  GRACE
}
