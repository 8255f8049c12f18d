package io.rserpool.wire;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.TransportAddress;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Describes parameters in the terms of the file of examples, without lengths: those are compared
/// with the bytes. All numbers are of type `long`.
final class VectorFields {

  private static final Map<Long, String> POLICY_NAMES =
      Map.ofEntries(
          Map.entry(Policy.RoundRobin.TYPE, "RR"),
          Map.entry(Policy.WeightedRoundRobin.TYPE, "WRR"),
          Map.entry(Policy.Random.TYPE, "RAND"),
          Map.entry(Policy.WeightedRandom.TYPE, "WRAND"),
          Map.entry(Policy.Priority.TYPE, "PRIO"),
          Map.entry(Policy.LeastUsed.TYPE, "LU"),
          Map.entry(Policy.LeastUsedDegradation.TYPE, "LUD"),
          Map.entry(Policy.PriorityLeastUsed.TYPE, "PLU"),
          Map.entry(Policy.RandomizedLeastUsed.TYPE, "RLU"),
          Map.entry(Policy.RandomizedPriorityLeastUsed.TYPE, "RPLU"),
          Map.entry(Policy.RandomizedLeastUsedDegradation.TYPE, "RLUD"),
          Map.entry(Policy.PriorityLeastUsedDegradation.TYPE, "PLUD"),
          Map.entry(Policy.RandomizedPriorityLeastUsedDegradation.TYPE, "RPLUD"),
          Map.entry(Policy.WeightedRandomDpf.TYPE, "WRAND-DPF"),
          Map.entry(Policy.LeastUsedDpf.TYPE, "LU-DPF"),
          Map.entry(Policy.LeastUsedDegradationDpf.TYPE, "LUD-DPF"));

  private VectorFields() {}

  static Map<String, Object> handle(PoolHandle handle) {
    return parameter(TypeCodes.POOL_HANDLE, "handleHex", handle.octets().toHex());
  }

  static Map<String, Object> elementId(ElementId elementId) {
    return parameter(TypeCodes.ELEMENT_ID, "peIdentifier", unsigned(elementId.value()));
  }

  static Map<String, Object> cookie(Octets cookie) {
    return parameter(TypeCodes.COOKIE, "cookieHex", cookie.toHex());
  }

  static Map<String, Object> items(long items) {
    return parameter(TypeCodes.HANDLE_RESOLUTION_OPTION, "items", items);
  }

  static Map<String, Object> checksum(int checksum) {
    return parameter(TypeCodes.CHECKSUM, "peChecksum", (long) checksum);
  }

  static Map<String, Object> element(PoolElementParameter element) {
    Map<String, Object> fields =
        parameter(TypeCodes.POOL_ELEMENT, "peIdentifier", unsigned(element.elementId().value()));
    fields.put("homeEnrpServerId", unsigned(element.homeId().value()));
    fields.put("registrationLife", unsigned(element.registrationLife()));
    fields.put("userTransport", transport(element.userTransport()));
    fields.put("policy", policy(element.policy()));
    fields.put("asapTransport", transport(element.asapTransport()));
    return fields;
  }

  static Map<String, Object> server(ServerInformation server) {
    Map<String, Object> fields =
        parameter(TypeCodes.SERVER_INFORMATION, "serverId", unsigned(server.serverId().value()));
    fields.put("transport", transport(server.transports().getFirst()));
    return fields;
  }

  static Map<String, Object> policy(Policy policy) {
    Map<String, Object> fields =
        parameter(TypeCodes.POLICY, "policy", POLICY_NAMES.get(policy.type()));
    fields.put("policyType", policy.type());
    for (RecordComponent component : policy.getClass().getRecordComponents()) {
      try {
        fields.put(
            component.getName().replace("Dpf", "_dpf"), component.getAccessor().invoke(policy));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }
    return fields;
  }

  /// `null` for an absent transport, as in the file.
  static Map<String, Object> transport(TransportAddress transport) {
    return switch (transport) {
      case AsapTransport.Absent _ -> null;
      case AsapTransport.Sctp t ->
          transport(TypeCodes.SCTP_TRANSPORT, t, "transportUse", (long) t.use().code());
      case AsapTransport.Tcp t ->
          transport(TypeCodes.TCP_TRANSPORT, t, "reservedOrUse", (long) t.use().code());
      case TransportAddress.Udp t -> transport(TypeCodes.UDP_TRANSPORT, t);
      case TransportAddress.UdpLite t -> transport(TypeCodes.UDP_LITE_TRANSPORT, t);
      case TransportAddress.Dccp t ->
          transport(TypeCodes.DCCP_TRANSPORT, t, "serviceCode", t.serviceCode());
      case TransportAddress.Opaque t ->
          parameter(TypeCodes.OPAQUE_TRANSPORT, "opaqueHex", t.octets().toHex());
    };
  }

  static Map<String, Object> error(List<ErrorCause> causes) {
    return parameter(
        TypeCodes.OPERATION_ERROR, "causes", causes.stream().map(VectorFields::cause).toList());
  }

  static Map<String, Object> unknown(UnknownParameter parameter) {
    return unknown(parameter.type(), parameter.value());
  }

  private static Map<String, Object> unknown(int type, Octets value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", (long) type);
    fields.put("name", "(unassigned)");
    fields.put("valueHex", value.toHex());
    return fields;
  }

  private static Map<String, Object> cause(ErrorCause cause) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("cause", (long) cause.code());
    fields.put("info", information(cause));
    return fields;
  }

  private static Map<String, Object> information(ErrorCause cause) {
    Octets octets = cause.information();
    if (octets.isEmpty()) {
      return null;
    }
    if (cause.code() == 2) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("messageHex", octets.toHex());
      return fields;
    }
    RawParameter raw = RawParameter.parse(octets, 0).orElseThrow();
    WireReader in = new WireReader(octets.toBytes(), 0, octets.size(), WireForm.STANDARD);
    return switch (raw.type()) {
      case TypeCodes.POLICY -> policy(PolicyCodec.read(in));
      case TypeCodes.SCTP_TRANSPORT, TypeCodes.TCP_TRANSPORT ->
          transport(TransportCodec.readUser(in));
      default -> unknown(raw.type(), raw.fields());
    };
  }

  private static Map<String, Object> transport(
      int type, TransportAddress transport, String more, Object value) {
    Map<String, Object> fields = transport(type, transport);
    fields.put(more, value);
    return fields;
  }

  private static Map<String, Object> transport(int type, TransportAddress transport) {
    Map<String, Object> fields = parameter(type, "port", (long) transport.port());
    List<Object> addresses = new ArrayList<>();
    for (IpAddress address : transport.addresses()) {
      addresses.add(address.toString());
    }
    fields.put("addresses", addresses);
    return fields;
  }

  private static Map<String, Object> parameter(int type, String field, Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", (long) type);
    fields.put("name", ParameterType.ofCode(type).orElseThrow().text());
    fields.put(field, value);
    return fields;
  }

  private static Object unsigned(int value) {
    return Integer.toUnsignedLong(value);
  }
}
