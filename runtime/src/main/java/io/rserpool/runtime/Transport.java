package io.rserpool.runtime;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.TransportAddress;
import java.util.List;

/// Associations that carry whole messages, each with a stream number and a payload protocol
/// identifier, over whatever transport an [Endpoint] names.
///
/// All calls and all events of one transport happen on its owner's thread; no call blocks, and no
/// event
/// comes from within a call. Messages on one association arrive whole and in order, or the
/// association
/// is lost. A call for an association that is gone does nothing. What the peer does not take is
/// queued
/// up to a limit; an association whose queue does not drain is aborted by the transport with
/// [LossReason#OFFENDING].
public interface Transport {

  /// Tells `events` everything from now on. Called once, before any other call.
  void start(Events events);

  /// Calls a peer; [Events#up] or [Events#down] follows.
  void open(AssociationId association, AssociationKind kind, Endpoint endpoint);

  /// Sends one message.
  ///
  /// @param message owned by the transport from now on
  /// @param stream stream number; 0 where the transport has no streams
  /// @param payloadProtocolId 11 for ASAP, 12 for ENRP, others for user data
  void send(AssociationId association, byte[] message, int stream, int payloadProtocolId);

  /// Ends an association in order, after what was sent has been delivered. No event follows.
  void close(AssociationId association);

  /// Breaks an association at once. No event follows.
  void abort(AssociationId association, String reason);

  /// Sends a datagram to the scope's multicast group of a protocol, if it has one.
  void announce(AssociationKind kind, byte[] datagram);

  /// What a transport tells its owner. Byte arrays belong to the transport: they are read during
  /// the
  /// call and not kept.
  interface Events {

    /// An association is up.
    void up(Up association);

    /// An association is gone, or could not be opened.
    void down(AssociationId association, LossReason reason, String detail);

    /// One whole message came: `length` bytes from `offset` on.
    void message(
        AssociationId association,
        byte[] bytes,
        int offset,
        int length,
        int stream,
        int payloadProtocolId);

    /// The bytes on this association cannot be cut into messages any more; nothing more of it is
    /// read. The owner answers if it wants to, and closes or aborts.
    ///
    /// @param header the message header that leads nowhere
    /// @param explanation for people
    void unframeable(AssociationId association, Octets header, String explanation);

    /// A datagram came to the multicast group of a protocol.
    void announcement(
        AssociationKind kind,
        IpAddress source,
        int sourcePort,
        byte[] bytes,
        int offset,
        int length);
  }

  /// A new association; the fields are those of [io.rserpool.engine.Input.AssociationUp].
  record Up(
      AssociationId association,
      AssociationKind kind,
      TransportAddress.Kind transport,
      List<IpAddress> peerAddresses,
      int peerPort,
      AsapTransport localAddress,
      PeerIdentity identity) {
    public Up {
      peerAddresses = List.copyOf(peerAddresses);
    }
  }
}
