package io.rserpool.wire;

import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpError;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpInitTakeover;
import io.rserpool.protocol.enrp.EnrpInitTakeoverAck;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.protocol.enrp.EnrpTakeoverServer;
import io.rserpool.protocol.enrp.EnrpType;
import java.util.Objects;

/// ENRP messages to bytes and back (RFC 5353 section 2). Immutable; any thread may use it.
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +---------------+---------------+-------------------------------+
///    |     Type      |     Flags     |        Message Length         |
///    +---------------+---------------+-------------------------------+
///    |                      Sending Server's ID                      |
///    +---------------------------------------------------------------+
///    |                     Receiving Server's ID                     |
///    +---------------------------------------------------------------+
///    :                  Fixed fields, then parameters                :
///    +---------------------------------------------------------------+
public final class EnrpCodec {

  private static final EnrpType[] TYPES = EnrpType.values();

  private final WireForm form;

  /// A codec for the members of one scope.
  public EnrpCodec(WireForm form) {
    this.form = Objects.requireNonNull(form);
  }

  /// Writes a message. Equal messages give equal bytes, of a size that is a multiple of 4.
  ///
  /// @throws UnencodableException if no bytes can carry the message
  public byte[] encode(EnrpMessage message) {
    EnrpType type = message.type();
    WireWriter out = new WireWriter(form, type.rfcName());
    out.openMessage(type.code(), flags(message));
    out.i32(message.sender().value());
    out.i32(message.receiver().value());
    switch (message) {
      case EnrpPresence m -> PeerCodec.write(out, m);
      case EnrpHandleTableRequest _, EnrpListRequest _ -> {}
      case EnrpHandleTableResponse m -> TableCodec.write(out, m);
      case EnrpHandleUpdate m -> TableCodec.write(out, m);
      case EnrpListResponse m -> PeerCodec.write(out, m);
      case EnrpInitTakeover m -> out.i32(m.target().value());
      case EnrpInitTakeoverAck m -> out.i32(m.target().value());
      case EnrpTakeoverServer m -> out.i32(m.target().value());
      case EnrpError m -> CauseCodec.write(out, m.causes());
    }
    return out.closeMessage();
  }

  /// Reads a message from `length` bytes, of which the first is the first of the message. Bytes
  /// behind the message are ignored. No content makes this throw.
  ///
  /// @throws IndexOutOfBoundsException if the range does not lie within `bytes`
  public Decoded<EnrpMessage> decode(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    WireReader in = new WireReader(bytes, offset, length, form);
    try {
      EnrpType type = TYPES[in.openMessage(TYPES.length) - 1];
      EnrpMessage message = read(in, type, ServerId.of(in.i32()), ServerId.of(in.i32()));
      in.finish();
      return new Decoded.Message<>(message, in.findings().reports(), in.findings().skipped());
    } catch (Rejection rejection) {
      return rejection.toFault();
    }
  }

  /// Who sent a message, even if the rest of it is bad: the receiver of a report on it (RFC 5353
  /// section 2.10). [ServerId#NONE] if there are too few bytes to tell.
  ///
  /// @throws IndexOutOfBoundsException if the range does not lie within `bytes`
  public static ServerId senderOf(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length < 2 * WireReader.HEADER_SIZE) {
      return ServerId.NONE;
    }
    WireReader in = new WireReader(bytes, offset, length, WireForm.RFC);
    in.i32();
    return ServerId.of(in.i32());
  }

  private static EnrpMessage read(
      WireReader in, EnrpType type, ServerId sender, ServerId receiver) {
    return switch (type) {
      case PRESENCE -> PeerCodec.readPresence(in, sender, receiver);
      case HANDLE_TABLE_REQUEST ->
          new EnrpHandleTableRequest(sender, receiver, in.flag(TableCodec.OWN_CHILDREN_ONLY));
      case HANDLE_TABLE_RESPONSE -> TableCodec.readResponse(in, sender, receiver);
      case HANDLE_UPDATE -> TableCodec.readUpdate(in, sender, receiver);
      case LIST_REQUEST -> new EnrpListRequest(sender, receiver);
      case LIST_RESPONSE -> PeerCodec.readListResponse(in, sender, receiver);
      case INIT_TAKEOVER -> new EnrpInitTakeover(sender, receiver, ServerId.of(in.i32()));
      case INIT_TAKEOVER_ACK -> new EnrpInitTakeoverAck(sender, receiver, ServerId.of(in.i32()));
      case TAKEOVER_SERVER -> new EnrpTakeoverServer(sender, receiver, ServerId.of(in.i32()));
      case ERROR -> new EnrpError(sender, receiver, CauseCodec.read(in));
    };
  }

  private static int flags(EnrpMessage message) {
    return switch (message) {
      case EnrpPresence m -> m.replyRequired() ? PeerCodec.REPLY_REQUIRED : 0;
      case EnrpHandleTableRequest m -> m.ownChildrenOnly() ? TableCodec.OWN_CHILDREN_ONLY : 0;
      case EnrpHandleTableResponse m ->
          (m.rejected() ? TableCodec.REJECTED : 0) | (m.moreToSend() ? TableCodec.MORE_TO_SEND : 0);
      case EnrpHandleUpdate m -> m.takeoverSuggested() ? TableCodec.TAKEOVER_SUGGESTED : 0;
      case EnrpListResponse m -> m.rejected() ? PeerCodec.REJECTED : 0;
      case EnrpListRequest _,
          EnrpInitTakeover _,
          EnrpInitTakeoverAck _,
          EnrpTakeoverServer _,
          EnrpError _ ->
          0;
    };
  }
}
