package io.rserpool.net.sctp;

import io.rserpool.engine.LossReason;
import java.net.InetAddress;
import java.util.List;

/// What happens to the associations of a socket. Called on threads of the stack, one call at a time
/// for each association, and quickly: no method may block or throw.
public interface SctpListener {

  /// What has become of a path.
  enum Path {
    /// The peer can be reached at this address (again).
    REACHABLE,
    /// The peer is not reached at this address any more.
    UNREACHABLE,
    /// The peer has added the address.
    ADDED,
    /// The peer has removed the address.
    REMOVED,
    /// The address is the primary one now.
    PRIMARY
  }

  /// An association is up.
  ///
  /// @param isIncoming whether the peer has opened it
  /// @param peers all its addresses
  /// @param peerPort 0 if the peer has called from where it cannot be called, such as another UDP port
  ///     than that of the scope
  /// @param locals the own addresses that the peer knows
  /// @param outgoingStreams how many streams messages can be sent on
  void up(
      long association,
      boolean isIncoming,
      List<InetAddress> peers,
      int peerPort,
      List<InetAddress> locals,
      int outgoingStreams);

  /// One whole message has come. The array is the listener's from now on.
  void message(long association, byte[] message, int stream, int payloadProtocolId);

  /// Messages are taken again.
  void writable(long association);

  /// A path has changed; the association is up as long as any is reachable.
  void path(long association, InetAddress address, Path change);

  /// The peer has started again with the same addresses and port: what was sent may be lost, and the
  /// peer knows nothing of what was before.
  void restarted(long association);

  /// An association is gone, or could not be opened.
  void down(long association, LossReason reason, String detail);
}
