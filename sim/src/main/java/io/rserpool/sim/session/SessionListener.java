package io.rserpool.sim.session;

/// Hears what happens in sessions.
@FunctionalInterface
public interface SessionListener {

  /// Something happened; nobody may be called back from here.
  void happened(SessionDeed deed);
}
