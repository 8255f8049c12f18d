package io.rserpool.engine;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.util.List;

/// Something that happened outside an engine.
public sealed interface Input {

  /// An association is up, opened by either side.
  ///
  /// @param association its number
  /// @param kind what is spoken on it
  /// @param transport TCP or SCTP
  /// @param peerAddresses the peer's addresses, confirmed by the transport; empty in process
  /// @param peerPort the peer's port
  /// @param localAddress an own address by which the peer reaches this node, as an ASAP transport
  ///     whose
  ///     port is the own port of the association; [AsapTransport.Absent#INSTANCE] in process
  /// @param identity who the peer has proved to be
  record AssociationUp(
      AssociationId association,
      AssociationKind kind,
      TransportAddress.Kind transport,
      List<IpAddress> peerAddresses,
      int peerPort,
      AsapTransport localAddress,
      PeerIdentity identity)
      implements Input {
    public AssociationUp {
      peerAddresses = List.copyOf(peerAddresses);
    }
  }

  /// An association is gone, or an attempt to open one has failed. Exactly one such input comes for
  /// every association that was up or opened, unless the engine itself closed or aborted it.
  ///
  /// @param detail for people
  record AssociationDown(AssociationId association, LossReason reason, String detail)
      implements Input {}

  /// An ASAP message came.
  ///
  /// @param reports causes that the sender is to be told in an ASAP_ERROR, beside the normal answer
  ///     (unrecognised parameters whose type asks for it); mostly empty
  record AsapReceived(AssociationId association, AsapMessage message, List<ErrorCause> reports)
      implements Input {}

  /// An ENRP message came; otherwise as [AsapReceived].
  record EnrpReceived(AssociationId association, EnrpMessage message, List<ErrorCause> reports)
      implements Input {}

  /// Bytes came that are no valid message; the association is still in step.
  ///
  /// @param reports causes that the sender is to be told; empty if it has to be silent
  /// @param explanation where and why reading failed, for people
  /// @param sender who sent them, as far as an ENRP message still tells; else [ServerId#NONE]
  record MalformedReceived(
      AssociationId association, List<ErrorCause> reports, String explanation, ServerId sender)
      implements Input {

    /// Bytes that name no sender.
    public MalformedReceived(
        AssociationId association, List<ErrorCause> reports, String explanation) {
      this(association, reports, explanation, ServerId.NONE);
    }
  }

  /// A registrar's announcement came by multicast. Nobody vouches for it.
  ///
  /// @param source the datagram's source address
  /// @param sourcePort the datagram's source port
  record AnnouncementReceived(IpAddress source, int sourcePort, AsapServerAnnounce announce)
      implements Input {}

  /// A registrar's presence came by multicast. Nobody vouches for it.
  ///
  /// @param source the datagram's source address
  /// @param sourcePort the datagram's source port
  record PresenceReceived(IpAddress source, int sourcePort, EnrpPresence presence)
      implements Input {}

  /// The application or the operator wants something; each engine has its own sealed family.
  /// Answered
  /// by exactly one [Effect.Reply] with the same number, unless the family says otherwise.
  non-sealed interface Request extends Input {

    /// The number that the reply will carry; chosen by the host.
    long requestId();
  }
}
