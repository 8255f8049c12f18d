package io.rserpool.engine;

/// Something worth telling people or programs; each engine has its own sealed family of records.
public interface Event {

  /// Who should look at it.
  enum Level {
    /// Single transactions.
    DEBUG,
    /// Life cycle, changes of ownership.
    INFO,
    /// A peer misbehaves, or this node runs degraded.
    WARN,
    /// A person must act.
    ERROR
  }

  /// Who should look at it.
  Level level();

  /// Whether a peer can cause it at will, so that the host limits how often it is written.
  default boolean isPeerDriven() {
    return false;
  }

  /// One line for people: identifiers first, then what happened, in a fixed order.
  String describe();
}
