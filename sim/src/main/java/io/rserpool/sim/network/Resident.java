package io.rserpool.sim.network;

import io.rserpool.engine.LossReason;

/// What lives in a process beside its engine, and has links of its own to other processes. It hears
/// everything in the order in which it came, after a pause if its process pauses. Nothing more is
/// heard of a link that it has closed or aborted.
public interface Resident {

  /// A link is up, whoever called.
  void up(Link link);

  /// A message came.
  ///
  /// @param ppid its payload protocol identifier
  void received(Link link, int ppid, byte[] message);

  /// A link that had no room has some again.
  void roomy(Link link);

  /// A link is gone, or could not be opened.
  ///
  /// @param reason CLOSED if the peer has ended it in order
  void down(Link link, LossReason reason, String detail);

  /// Does what is due; called too often rather than too rarely.
  ///
  /// @param nowNs by the clock of the process
  void tick(long nowNs);

  /// When [#tick] is to be called next, or [io.rserpool.engine.Engine#NEVER].
  long nextDeadlineNs();
}
