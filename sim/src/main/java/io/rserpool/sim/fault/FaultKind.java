package io.rserpool.sim.fault;

import java.util.Locale;

/// What can go wrong.
public enum FaultKind {
  /// A registrar process ends; its machine tells the peers. It starts again empty, with another
  /// identifier.
  REGISTRAR_KILL,
  /// A registrar's machine fails without a word.
  REGISTRAR_FAILURE,
  /// A registrar is stopped in order and started again.
  REGISTRAR_RESTART,
  /// An element process ends; its machine tells the peers.
  ELEMENT_KILL,
  /// An element's machine fails without a word.
  ELEMENT_FAILURE,
  /// A user process ends; its machine tells the peers.
  USER_KILL,
  /// A registrar process stands still for a while.
  REGISTRAR_PAUSE,
  /// An element process stands still for a while.
  ELEMENT_PAUSE,
  /// A user process stands still for a while.
  USER_PAUSE,
  /// Nothing comes through between two machines, in one direction or both.
  CUT,
  /// Nothing enters a machine, or leaves it, or either.
  ISOLATION,
  /// The scope falls into two halves.
  PARTITION,
  /// An association is broken on the way.
  RESET,
  /// What is sent between two machines comes later, all at once.
  STALL,
  /// Many packets are lost between two machines for a while.
  LOSS,
  /// Bytes of a message are changed.
  DAMAGE,
  /// Somebody does not get an announcement.
  MULTICAST_LOSS,
  /// Somebody gets an announcement twice.
  MULTICAST_DOUBLING,
  /// A call comes to where nobody listens.
  REFUSED_CALL;

  /// The name in configurations and summaries.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
