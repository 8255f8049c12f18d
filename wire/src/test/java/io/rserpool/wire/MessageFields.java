package io.rserpool.wire;

import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.PoolElementParameter;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Describes messages in the terms of the file of examples, without lengths.
final class MessageFields {

  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final List<Object> parameters = new ArrayList<>();

  private MessageFields(int code, String name) {
    fields.put("messageType", (long) code);
    fields.put("messageName", name);
    fields.put("messageFlags", 0L);
  }

  static Map<String, Object> of(AsapMessage message) {
    MessageFields out = new MessageFields(message.type().code(), message.type().rfcName());
    switch (message) {
      case AsapRegistration m ->
          out.add(VectorFields.handle(m.handle())).add(VectorFields.element(m.element()));
      case AsapDeregistration m ->
          out.add(VectorFields.handle(m.handle())).add(VectorFields.elementId(m.elementId()));
      case AsapRegistrationResponse m ->
          out.flag(1, m.rejected())
              .add(VectorFields.handle(m.handle()))
              .add(VectorFields.elementId(m.elementId()))
              .causes(m.causes());
      case AsapDeregistrationResponse m ->
          out.add(VectorFields.handle(m.handle()))
              .add(VectorFields.elementId(m.elementId()))
              .causes(m.causes());
      case AsapHandleResolution m -> {
        out.flag(1, m.sendUpdates()).add(VectorFields.handle(m.handle()));
        if (m.items() != 0) {
          out.add(VectorFields.items(m.items()));
        }
      }
      case AsapHandleResolutionResponse m -> {
        out.flag(1, m.updatesAccepted()).add(VectorFields.handle(m.handle()));
        switch (m.resolution()) {
          case AsapHandleResolutionResponse.Found found ->
              out.add(VectorFields.policy(found.policy())).elements(found.elements());
          case AsapHandleResolutionResponse.Refused refused -> out.causes(refused.causes());
        }
      }
      case AsapEndpointKeepAlive m -> {
        out.flag(1, m.home())
            .id("serverIdentifier", m.serverId().value())
            .add(VectorFields.handle(m.handle()));
        if (!m.elementId().isNone()) {
          out.add(VectorFields.elementId(m.elementId()));
        }
      }
      case AsapEndpointKeepAliveAck m ->
          out.add(VectorFields.handle(m.handle())).add(VectorFields.elementId(m.elementId()));
      case AsapEndpointUnreachable m ->
          out.add(VectorFields.handle(m.handle())).add(VectorFields.elementId(m.elementId()));
      case AsapServerAnnounce m -> {
        out.id("serverIdentifier", m.serverId().value());
        m.transports().forEach(transport -> out.add(VectorFields.transport(transport)));
      }
      case AsapCookie m -> out.add(VectorFields.cookie(m.cookie()));
      case AsapCookieEcho m -> out.add(VectorFields.cookie(m.cookie()));
      case AsapBusinessCard m -> out.add(VectorFields.handle(m.handle())).elements(m.elements());
      case AsapError m -> out.causes(m.causes());
    }
    return out.done();
  }

  static Map<String, Object> of(EnrpMessage message) {
    MessageFields out = new MessageFields(message.type().code(), message.type().rfcName());
    out.id("sendingServerId", message.sender().value());
    out.id("receivingServerId", message.receiver().value());
    switch (message) {
      case EnrpPresence m -> {
        out.flag(1, m.replyRequired()).add(VectorFields.checksum(m.checksum()));
        if (!m.serverInformation().isNone()) {
          out.add(VectorFields.server(m.serverInformation()));
        }
      }
      case EnrpHandleTableRequest m -> out.flag(1, m.ownChildrenOnly());
      case EnrpHandleTableResponse m -> {
        out.flag(1, m.rejected()).flag(2, m.moreToSend());
        for (EnrpHandleTableResponse.PoolEntry pool : m.pools()) {
          out.add(VectorFields.handle(pool.handle())).elements(pool.elements());
        }
      }
      case EnrpHandleUpdate m ->
          out.flag(1, m.takeoverSuggested())
              .id("updateAction", m.action().code())
              .add(VectorFields.handle(m.handle()))
              .add(VectorFields.element(m.element()));
      case EnrpListRequest _ -> {}
      case EnrpListResponse m -> {
        out.flag(1, m.rejected());
        m.servers().forEach(server -> out.add(VectorFields.server(server)));
      }
      case EnrpInitTakeover m -> out.id("targetingServerId", m.target().value());
      case EnrpInitTakeoverAck m -> out.id("targetingServerId", m.target().value());
      case EnrpTakeoverServer m -> out.id("targetingServerId", m.target().value());
      case EnrpError m -> out.causes(m.causes());
    }
    return out.done();
  }

  private MessageFields add(Map<String, Object> parameter) {
    parameters.add(parameter);
    return this;
  }

  private MessageFields elements(List<PoolElementParameter> elements) {
    elements.forEach(element -> add(VectorFields.element(element)));
    return this;
  }

  private MessageFields causes(List<ErrorCause> causes) {
    return causes.isEmpty() ? this : add(VectorFields.error(causes));
  }

  private MessageFields flag(long mask, boolean set) {
    fields.merge("messageFlags", set ? mask : 0L, (a, b) -> (long) a | (long) b);
    return this;
  }

  private MessageFields id(String name, int value) {
    fields.put(name, Integer.toUnsignedLong(value));
    return this;
  }

  private Map<String, Object> done() {
    fields.put("parameters", parameters);
    return fields;
  }
}
