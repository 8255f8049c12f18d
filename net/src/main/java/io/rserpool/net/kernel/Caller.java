package io.rserpool.net.kernel;

import java.net.InetAddress;
import java.util.List;

/// Opens associations. All methods are called on the thread of the socket.
sealed interface Caller permits SharedPortCaller, OwnPortCaller {

  /// Begins a call, which ends with [KernelSocket#admit] or [KernelSocket#down].
  void call(long number, List<InetAddress> peers, int port);

  /// Gives a call up without a word.
  ///
  /// @return whether it was under way
  boolean cancel(long number, String reason);
}
