package io.rserpool.wire;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.TransportAddress;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Says which fields Wireshark should find in a message, and with which bytes: `name=hex`, in
/// order, without lengths, padding and single flag bits.
final class TsharkFields {

  /// The policies of which Wireshark names every field; of the others it shows number and bytes.
  private static final Set<Long> NAMED =
      Set.of(
          Policy.WeightedRoundRobin.TYPE,
          Policy.WeightedRandom.TYPE,
          Policy.Priority.TYPE,
          Policy.LeastUsed.TYPE,
          Policy.LeastUsedDegradation.TYPE,
          Policy.PriorityLeastUsed.TYPE,
          Policy.RandomizedLeastUsed.TYPE,
          Policy.WeightedRandomDpf.TYPE,
          Policy.LeastUsedDpf.TYPE);

  private final Protocol protocol;
  private final List<String> fields = new ArrayList<>();

  TsharkFields(Protocol protocol) {
    this.protocol = protocol;
  }

  List<String> all() {
    return fields;
  }

  TsharkFields add(String name, String hex) {
    if (!hex.isEmpty()) {
      fields.add(name + "=" + hex);
    }
    return this;
  }

  TsharkFields header(int type, int flags) {
    return add("message_type", hex8(type)).add("message_flags", hex8(flags));
  }

  TsharkFields server(String name, ServerId serverId) {
    return add(name, hex32(serverId.value()));
  }

  TsharkFields handle(PoolHandle handle) {
    return parameter(TypeCodes.POOL_HANDLE).add("pool_handle_pool_handle", handle.octets().toHex());
  }

  TsharkFields elementId(ElementId elementId) {
    return parameter(TypeCodes.ELEMENT_ID).add("pe_identifier", hex32(elementId.value()));
  }

  TsharkFields cookie(Octets cookie) {
    return parameter(TypeCodes.COOKIE).add("cookie", cookie.toHex());
  }

  TsharkFields items(long items) {
    return items == 0
        ? this
        : parameter(TypeCodes.HANDLE_RESOLUTION_OPTION).add("hropt_items", hex32((int) items));
  }

  TsharkFields leave(LeaveRequest leave) {
    return leave == LeaveRequest.NONE
        ? this
        : parameter(TypeCodes.LEAVE_REQUEST).add("parameter_value", hex32(leave.code()));
  }

  TsharkFields checksum(int checksum) {
    return parameter(TypeCodes.CHECKSUM).add("pe_checksum", hex16(checksum));
  }

  TsharkFields elements(List<PoolElementParameter> elements) {
    elements.forEach(this::element);
    return this;
  }

  TsharkFields element(PoolElementParameter element) {
    return parameter(TypeCodes.POOL_ELEMENT)
        .add("pool_element_pe_identifier", hex32(element.elementId().value()))
        .add("pool_element_home_enrp_server_identifier", hex32(element.homeId().value()))
        .add("pool_element_registration_life", hex32(element.registrationLife()))
        .transport(element.userTransport())
        .policy(element.policy())
        .transport(element.asapTransport())
        .registrant(element.registrant());
  }

  private TsharkFields registrant(String name) {
    return name.isEmpty()
        ? this
        : parameter(TypeCodes.REGISTRANT).add("parameter_value", Octets.ofUtf8(name).toHex());
  }

  TsharkFields information(ServerInformation server) {
    parameter(TypeCodes.SERVER_INFORMATION)
        .server("server_information_server_identifier", server.serverId());
    server.transports().forEach(this::transport);
    return this;
  }

  TsharkFields policy(Policy policy) {
    parameter(TypeCodes.POLICY)
        .add("pool_member_selection_policy_type", hex32((int) policy.type()));
    if (policy instanceof Policy.Extension extension) {
      return add("pool_member_selection_policy_value", padded(extension.fields().toHex()));
    }
    StringBuilder value = new StringBuilder();
    for (RecordComponent component : policy.getClass().getRecordComponents()) {
      String hex = hex32((int) number(policy, component));
      if (NAMED.contains(policy.type())) {
        String name = component.getName().replace("Dpf", "_dpf").toLowerCase(Locale.ROOT);
        add("pool_member_selection_policy_" + name, hex);
      } else {
        value.append(hex);
      }
    }
    return add("pool_member_selection_policy_value", value.toString());
  }

  TsharkFields transport(TransportAddress transport) {
    switch (transport) {
      case AsapTransport.Absent _ -> {}
      case AsapTransport.Sctp t ->
          start(TypeCodes.SCTP_TRANSPORT, "sctp", t).add("transport_use", hex16(t.use().code()));
      case AsapTransport.Tcp t ->
          start(TypeCodes.TCP_TRANSPORT, "tcp", t).add("transport_use", hex16(t.use().code()));
      case TransportAddress.Udp t ->
          start(TypeCodes.UDP_TRANSPORT, "udp", t).add("udp_transport_reserved", "0000");
      case TransportAddress.UdpLite t ->
          start(TypeCodes.UDP_LITE_TRANSPORT, "udp_lite", t)
              .add("udp_lite_transport_reserved", "0000");
      case TransportAddress.Dccp t ->
          start(TypeCodes.DCCP_TRANSPORT, "dccp", t)
              .add("dccp_transport_reserved", "0000")
              .add("dccp_transport_service_code", hex32((int) t.serviceCode()));
      case TransportAddress.Opaque t ->
          parameter(TypeCodes.OPAQUE_TRANSPORT).add("parameter_value", t.octets().toHex());
    }
    for (IpAddress address : transport.addresses()) {
      switch (address) {
        case IpAddress.V4 v4 -> parameter(TypeCodes.IPV4_ADDRESS).add("ipv4_address", v4.toHex());
        case IpAddress.V6 v6 -> parameter(TypeCodes.IPV6_ADDRESS).add("ipv6_address", v6.toHex());
      }
    }
    return this;
  }

  TsharkFields causes(List<ErrorCause> causes) {
    if (causes.isEmpty()) {
      return this;
    }
    parameter(TypeCodes.OPERATION_ERROR);
    for (ErrorCause cause : causes) {
      add("cause_code", hex16(cause.code()));
      information(cause);
    }
    return this;
  }

  private void information(ErrorCause cause) {
    Octets octets = cause.information();
    WireReader in = new WireReader(octets.toBytes(), 0, octets.size(), WireForm.STANDARD);
    switch (cause.code()) {
      case 1 -> {
        RawParameter raw = RawParameter.parse(octets, 0).orElseThrow();
        parameter(raw.type()).add("parameter_value", raw.fields().toHex());
      }
      case 2 -> {
        header(octets.unsignedByteAt(0), 0);
        in.i32();
        switch (protocol) {
          case ASAP -> handle(ParameterCodec.readHandle(in));
          case ENRP -> add("message_value", padded(octets.toHex().substring(8)));
        }
      }
      case 3 -> elementId(ParameterCodec.readElementId(in));
      case 5 -> policy(PolicyCodec.read(in));
      case 7 -> transport(TransportCodec.readUser(in));
      default -> add("cause_info", octets.toHex());
    }
  }

  private TsharkFields start(int type, String name, TransportAddress transport) {
    return parameter(type).add(name + "_transport_port", hex16(transport.port()));
  }

  private TsharkFields parameter(int type) {
    return add("parameter_type", hex16(type));
  }

  private static long number(Policy policy, RecordComponent component) {
    try {
      return (long) component.getAccessor().invoke(policy);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /// What Wireshark does not know it shows with its padding.
  private static String padded(String hex) {
    return hex + "0".repeat(-hex.length() & 7);
  }

  private static String hex8(int value) {
    return "%02x".formatted(value);
  }

  private static String hex16(int value) {
    return "%04x".formatted(value);
  }

  private static String hex32(int value) {
    return "%08x".formatted(value);
  }
}
