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
import java.util.List;

/// Which fields Wireshark should find in which message.
final class TsharkMessages {

  private TsharkMessages() {}

  static List<String> fields(AsapMessage message) {
    TsharkFields out = new TsharkFields(Protocol.ASAP);
    int type = message.type().code();
    switch (message) {
      case AsapRegistration m -> out.header(type, 0).handle(m.handle()).element(m.element());
      case AsapDeregistration m ->
          out.header(type, 0).handle(m.handle()).elementId(m.elementId()).leave(m.leave());
      case AsapRegistrationResponse m ->
          out.header(type, bit(m.rejected()))
              .handle(m.handle())
              .elementId(m.elementId())
              .causes(m.causes());
      case AsapDeregistrationResponse m ->
          out.header(type, 0)
              .handle(m.handle())
              .elementId(m.elementId())
              .causes(m.causes())
              .leave(m.leave());
      case AsapHandleResolution m ->
          out.header(type, bit(m.sendUpdates())).handle(m.handle()).items(m.items());
      case AsapHandleResolutionResponse m -> {
        out.header(type, bit(m.updatesAccepted())).handle(m.handle());
        switch (m.resolution()) {
          case AsapHandleResolutionResponse.Found found ->
              out.policy(found.policy()).elements(found.elements());
          case AsapHandleResolutionResponse.Refused refused -> out.causes(refused.causes());
        }
      }
      case AsapEndpointKeepAlive m -> {
        out.header(type, bit(m.home()))
            .server("server_identifier", m.serverId())
            .handle(m.handle());
        if (!m.elementId().isNone()) {
          out.elementId(m.elementId());
        }
      }
      case AsapEndpointKeepAliveAck m ->
          out.header(type, 0).handle(m.handle()).elementId(m.elementId());
      case AsapEndpointUnreachable m ->
          out.header(type, 0).handle(m.handle()).elementId(m.elementId());
      case AsapServerAnnounce m -> {
        out.header(type, 0).server("server_identifier", m.serverId());
        m.transports().forEach(out::transport);
      }
      case AsapCookie m -> out.header(type, 0).cookie(m.cookie());
      case AsapCookieEcho m -> out.header(type, 0).cookie(m.cookie());
      case AsapBusinessCard m -> out.header(type, 0).handle(m.handle()).elements(m.elements());
      case AsapError m -> out.header(type, 0).causes(m.causes());
    }
    return out.all();
  }

  static List<String> fields(EnrpMessage message) {
    TsharkFields out =
        new TsharkFields(Protocol.ENRP)
            .header(message.type().code(), flags(message))
            .server("sender_servers_id", message.sender())
            .server("receiver_servers_id", message.receiver());
    switch (message) {
      case EnrpPresence m -> {
        out.checksum(m.checksum());
        if (!m.serverInformation().isNone()) {
          out.information(m.serverInformation());
        }
      }
      case EnrpHandleTableRequest _, EnrpListRequest _ -> {}
      case EnrpHandleTableResponse m ->
          m.pools().forEach(pool -> out.handle(pool.handle()).elements(pool.elements()));
      case EnrpHandleUpdate m ->
          out.add("update_action", "%04x".formatted(m.action().code()))
              .add("reserved", "0000")
              .handle(m.handle())
              .element(m.element());
      case EnrpListResponse m -> m.servers().forEach(out::information);
      case EnrpInitTakeover m -> out.server("target_servers_id", m.target());
      case EnrpInitTakeoverAck m -> out.server("target_servers_id", m.target());
      case EnrpTakeoverServer m -> out.server("target_servers_id", m.target());
      case EnrpError m -> out.causes(m.causes());
    }
    return out.all();
  }

  private static int flags(EnrpMessage message) {
    return switch (message) {
      case EnrpPresence m -> bit(m.replyRequired());
      case EnrpHandleTableRequest m -> bit(m.ownChildrenOnly());
      case EnrpHandleTableResponse m -> bit(m.rejected()) + 2 * bit(m.moreToSend());
      case EnrpHandleUpdate m -> bit(m.takeoverSuggested());
      case EnrpListResponse m -> bit(m.rejected());
      case EnrpListRequest _,
          EnrpInitTakeover _,
          EnrpInitTakeoverAck _,
          EnrpTakeoverServer _,
          EnrpError _ ->
          0;
    };
  }

  private static int bit(boolean set) {
    return set ? 1 : 0;
  }
}
