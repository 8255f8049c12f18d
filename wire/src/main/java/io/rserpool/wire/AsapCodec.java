package io.rserpool.wire;

import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.protocol.asap.AsapType;
import java.util.Objects;

/// ASAP messages to bytes and back (RFC 5352 section 2.2). Immutable; any thread may use it.
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +---------------+---------------+-------------------------------+
///    |     Type      |     Flags     |        Message Length         |
///    +---------------+---------------+-------------------------------+
///    :                  Fixed fields, then parameters                :
///    +---------------------------------------------------------------+
public final class AsapCodec {

  private static final AsapType[] TYPES = AsapType.values();

  /// What a handle resolution response mostly takes beside its elements, and each element of it.
  private static final int HEADERS_SIZE_HINT = 64;

  private static final int ELEMENT_SIZE_HINT = 64;

  private final WireForm form;

  /// A codec for the members of one scope.
  public AsapCodec(WireForm form) {
    this.form = Objects.requireNonNull(form);
  }

  /// Writes a message. Equal messages give equal bytes, of a size that is a multiple of 4.
  ///
  /// @throws UnencodableException if no bytes can carry the message
  public byte[] encode(AsapMessage message) {
    AsapType type = message.type();
    WireWriter out = new WireWriter(form, type.rfcName(), sizeHint(message));
    out.openMessage(type.code(), flags(message));
    switch (message) {
      case AsapRegistration m -> MembershipCodec.write(out, m);
      case AsapDeregistration m -> MembershipCodec.write(out, m);
      case AsapRegistrationResponse m -> MembershipCodec.write(out, m);
      case AsapDeregistrationResponse m -> MembershipCodec.write(out, m);
      case AsapHandleResolution m -> ResolutionCodec.write(out, m);
      case AsapHandleResolutionResponse m -> ResolutionCodec.write(out, m);
      case AsapEndpointKeepAlive m -> MonitoringCodec.write(out, m);
      case AsapEndpointKeepAliveAck m -> MonitoringCodec.write(out, m);
      case AsapEndpointUnreachable m -> MonitoringCodec.write(out, m);
      case AsapServerAnnounce m -> MonitoringCodec.write(out, m);
      case AsapCookie m -> ParameterCodec.writeCookie(out, m.cookie());
      case AsapCookieEcho m -> ParameterCodec.writeCookie(out, m.cookie());
      case AsapBusinessCard m -> ResolutionCodec.write(out, m);
      case AsapError m -> CauseCodec.write(out, m.causes());
    }
    return out.closeMessage();
  }

  /// Reads a message from `length` bytes, of which the first is the first of the message. Bytes
  /// behind the message are ignored. No content makes this throw.
  ///
  /// @throws IndexOutOfBoundsException if the range does not lie within `bytes`
  public Decoded<AsapMessage> decode(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    WireReader in = new WireReader(bytes, offset, length, form);
    try {
      AsapMessage message = read(in, TYPES[in.openMessage(TYPES.length) - 1]);
      in.finish();
      return new Decoded.Message<>(message, in.findings().reports(), in.findings().skipped());
    } catch (Rejection rejection) {
      return rejection.toFault();
    }
  }

  private static int sizeHint(AsapMessage message) {
    return message instanceof AsapHandleResolutionResponse response
            && response.resolution() instanceof AsapHandleResolutionResponse.Found found
        ? HEADERS_SIZE_HINT + ELEMENT_SIZE_HINT * found.elements().size()
        : 0;
  }

  private static AsapMessage read(WireReader in, AsapType type) {
    return switch (type) {
      case REGISTRATION -> MembershipCodec.readRegistration(in);
      case DEREGISTRATION -> MembershipCodec.readDeregistration(in);
      case REGISTRATION_RESPONSE -> MembershipCodec.readRegistrationResponse(in);
      case DEREGISTRATION_RESPONSE -> MembershipCodec.readDeregistrationResponse(in);
      case HANDLE_RESOLUTION -> ResolutionCodec.readResolution(in);
      case HANDLE_RESOLUTION_RESPONSE -> ResolutionCodec.readResponse(in);
      case ENDPOINT_KEEP_ALIVE -> MonitoringCodec.readKeepAlive(in);
      case ENDPOINT_KEEP_ALIVE_ACK -> MonitoringCodec.readKeepAliveAck(in);
      case ENDPOINT_UNREACHABLE -> MonitoringCodec.readUnreachable(in);
      case SERVER_ANNOUNCE -> MonitoringCodec.readAnnounce(in);
      case COOKIE -> new AsapCookie(ParameterCodec.readCookie(in));
      case COOKIE_ECHO -> new AsapCookieEcho(ParameterCodec.readCookie(in));
      case BUSINESS_CARD -> ResolutionCodec.readBusinessCard(in);
      case ERROR -> new AsapError(CauseCodec.read(in));
    };
  }

  private static int flags(AsapMessage message) {
    return switch (message) {
      case AsapRegistrationResponse m -> m.rejected() ? MembershipCodec.REJECTED : 0;
      case AsapHandleResolution m -> m.sendUpdates() ? ResolutionCodec.SEND_UPDATES : 0;
      case AsapHandleResolutionResponse m ->
          m.updatesAccepted() ? ResolutionCodec.UPDATES_ACCEPTED : 0;
      case AsapEndpointKeepAlive m -> m.home() ? MonitoringCodec.HOME : 0;
      case AsapRegistration _,
          AsapDeregistration _,
          AsapDeregistrationResponse _,
          AsapEndpointKeepAliveAck _,
          AsapEndpointUnreachable _,
          AsapServerAnnounce _,
          AsapCookie _,
          AsapCookieEcho _,
          AsapBusinessCard _,
          AsapError _ ->
          0;
    };
  }
}
