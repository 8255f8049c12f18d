package io.rserpool.runtime;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Input;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.protocol.enrp.EnrpType;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.Protocol;
import io.rserpool.wire.WireForm;

/// Turns bytes into the inputs of an engine, and its messages into bytes, for either protocol.
final class MessageCodec {

  private final AsapCodec asap;
  private final EnrpCodec enrp;

  MessageCodec(WireForm form) {
    this.asap = new AsapCodec(form);
    this.enrp = new EnrpCodec(form);
  }

  /// The protocol that an association speaks.
  static Protocol protocolOf(AssociationKind kind) {
    return switch (kind) {
      case ASAP -> Protocol.ASAP;
      case ENRP -> Protocol.ENRP;
    };
  }

  /// Whether a message with this header is an ERROR, which must not be answered with another one.
  static boolean isError(AssociationKind kind, Octets header) {
    int error =
        switch (kind) {
          case ASAP -> AsapType.ERROR.code();
          case ENRP -> EnrpType.ERROR.code();
        };
    return !header.isEmpty() && header.unsignedByteAt(0) == error;
  }

  /// What came on an association: a message, or a fault.
  Input decode(
      AssociationKind kind, AssociationId association, byte[] bytes, int offset, int length) {
    return switch (kind) {
      case ASAP ->
          switch (asap.decode(bytes, offset, length)) {
            case Decoded.Message<AsapMessage>(var message, var reports, var _) ->
                new Input.AsapReceived(association, message, reports);
            case Decoded.Fault<AsapMessage> fault -> malformed(association, fault, ServerId.NONE);
          };
      case ENRP ->
          switch (enrp.decode(bytes, offset, length)) {
            case Decoded.Message<EnrpMessage>(var message, var reports, var _) ->
                new Input.EnrpReceived(association, message, reports);
            case Decoded.Fault<EnrpMessage> fault ->
                malformed(association, fault, EnrpCodec.senderOf(bytes, offset, length));
          };
    };
  }

  /// What came to the multicast group of a protocol.
  Announcement decodeAnnouncement(
      AssociationKind kind,
      IpAddress source,
      int sourcePort,
      byte[] bytes,
      int offset,
      int length) {
    return switch (kind) {
      case ASAP -> announcement(source, sourcePort, asap.decode(bytes, offset, length));
      case ENRP -> presence(source, sourcePort, enrp.decode(bytes, offset, length));
    };
  }

  private static Announcement announcement(
      IpAddress source, int sourcePort, Decoded<AsapMessage> decoded) {
    return switch (decoded) {
      case Decoded.Message<AsapMessage>(AsapServerAnnounce announce, var _, var _) ->
          new Announcement.Heard(new Input.AnnouncementReceived(source, sourcePort, announce));
      case Decoded.Message<AsapMessage>(AsapMessage message, var _, var _) ->
          new Announcement.Ignored(message.type().rfcName() + " is none");
      case Decoded.Fault<AsapMessage> fault -> new Announcement.Ignored(explain(fault));
    };
  }

  private static Announcement presence(
      IpAddress source, int sourcePort, Decoded<EnrpMessage> decoded) {
    return switch (decoded) {
      case Decoded.Message<EnrpMessage>(EnrpPresence presence, var _, var _) ->
          new Announcement.Heard(new Input.PresenceReceived(source, sourcePort, presence));
      case Decoded.Message<EnrpMessage>(EnrpMessage message, var _, var _) ->
          new Announcement.Ignored(message.type().rfcName() + " is no presence");
      case Decoded.Fault<EnrpMessage> fault -> new Announcement.Ignored(explain(fault));
    };
  }

  byte[] encode(AsapMessage message) {
    return asap.encode(message);
  }

  byte[] encode(EnrpMessage message) {
    return enrp.encode(message);
  }

  private static Input malformed(
      AssociationId association, Decoded.Fault<?> fault, ServerId sender) {
    return new Input.MalformedReceived(association, fault.reports(), explain(fault), sender);
  }

  private static String explain(Decoded.Fault<?> fault) {
    return fault.kind() + " at byte " + fault.offset() + ": " + fault.text();
  }

  /// What a datagram to the multicast group turned out to be.
  sealed interface Announcement {

    /// A registrar's announcement, or its presence.
    record Heard(Input input) implements Announcement {}

    /// Something else.
    record Ignored(String explanation) implements Announcement {}
  }
}
