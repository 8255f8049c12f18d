package io.rserpool.cli.decode;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.TransportUse;
import io.rserpool.wire.ParameterType;
import io.rserpool.wire.RawParameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Describes parameters and error causes by their layouts (RFC 5354 section 3). A value that does
/// not fit its layout is shown as bytes.
final class ParameterNodes {

  private static final int HEADER_SIZE = 4;

  private ParameterNodes() {}

  static List<Node> all(List<RawParameter> parameters) {
    return parameters.stream().map(ParameterNodes::parameter).toList();
  }

  static Node parameter(RawParameter raw) {
    Optional<ParameterType> type = ParameterType.ofCode(raw.type());
    if (type.isEmpty()) {
      String name = "unknown parameter 0x%04x".formatted(raw.type());
      return new Node(raw.offset(), name, value(raw.fields()), List.of());
    }
    boolean fits = raw.fields().size() >= smallest(type.get());
    Map<String, Object> fields = fits ? fields(type.get(), raw.fields()) : value(raw.fields());
    List<Node> inner =
        type.get() == ParameterType.OPERATION_ERROR
            ? raw.inner().stream().map(ParameterNodes::cause).toList()
            : all(raw.inner());
    return new Node(raw.offset(), type.get().text(), fields, inner);
  }

  /// The fewest bytes that the fields of a parameter take.
  private static int smallest(ParameterType type) {
    return switch (type) {
      case POOL_HANDLE, COOKIE, OPAQUE_TRANSPORT, OPERATION_ERROR, REGISTRANT -> 0;
      case CHECKSUM -> 2;
      case IPV4_ADDRESS,
          SCTP_TRANSPORT,
          TCP_TRANSPORT,
          UDP_TRANSPORT,
          UDP_LITE_TRANSPORT,
          POLICY,
          SERVER_INFORMATION,
          ELEMENT_ID,
          HANDLE_RESOLUTION_OPTION,
          LEAVE_REQUEST ->
          4;
      case DCCP_TRANSPORT -> 8;
      case POOL_ELEMENT -> 12;
      case IPV6_ADDRESS -> 16;
    };
  }

  private static Map<String, Object> fields(ParameterType type, Octets value) {
    Node.Fields fields = new Node.Fields();
    return switch (type) {
      case IPV4_ADDRESS ->
          fields.put("address", new IpAddress.V4(Bytes.i32(value, 0)).toString()).all();
      case IPV6_ADDRESS -> fields.put("address", v6(value)).all();
      case SCTP_TRANSPORT, TCP_TRANSPORT ->
          fields
              .put("port", Bytes.u16(value, 0))
              .put("transportUse", transportUse(Bytes.u16(value, 2)))
              .all();
      case UDP_TRANSPORT, UDP_LITE_TRANSPORT -> fields.put("port", Bytes.u16(value, 0)).all();
      case DCCP_TRANSPORT ->
          fields.put("port", Bytes.u16(value, 0)).putId("serviceCode", Bytes.i32(value, 4)).all();
      case POLICY -> PolicyLayout.describe(value);
      case POOL_HANDLE -> fields.put("handle", value.toDisplay()).put("size", value.size()).all();
      case POOL_ELEMENT ->
          fields
              .putId("elementId", Bytes.i32(value, 0))
              .putId("homeId", Bytes.i32(value, 4))
              .put("registrationLife", Bytes.i32(value, 8))
              .all();
      case SERVER_INFORMATION -> fields.putId("serverId", Bytes.i32(value, 0)).all();
      case OPERATION_ERROR -> value.isEmpty() ? fields.all() : value(value);
      case COOKIE -> fields.put("cookie", value.toHex()).put("size", value.size()).all();
      case ELEMENT_ID -> fields.putId("elementId", Bytes.i32(value, 0)).all();
      case CHECKSUM -> fields.put("checksum", "0x%04x".formatted(Bytes.u16(value, 0))).all();
      case OPAQUE_TRANSPORT -> value(value);
      case HANDLE_RESOLUTION_OPTION -> fields.put("items", Bytes.u32(value, 0)).all();
      case LEAVE_REQUEST ->
          fields.put("leave", LeaveRequest.ofCode(Bytes.u32(value, 0)).toString()).all();
      case REGISTRANT -> fields.put("name", value.toDisplay()).all();
    };
  }

  private static Node cause(RawParameter raw) {
    CauseCode code = CauseCode.ofCode(raw.type());
    boolean defined = code.code() == raw.type();
    Node.Fields fields = new Node.Fields().put("code", raw.type());
    String name = defined ? code.text() : "unknown cause 0x%04x".formatted(raw.type());
    Optional<RawParameter> about =
        code == CauseCode.UNRECOGNIZED_MESSAGE || !defined
            ? Optional.empty()
            : RawParameter.parse(raw.fields(), raw.offset() + HEADER_SIZE);
    if (about.isEmpty() && !raw.fields().isEmpty()) {
      fields.put("information", raw.fields().toHex());
    }
    List<Node> inner = about.map(parameter -> List.of(parameter(parameter))).orElse(List.of());
    return new Node(raw.offset(), name, fields.all(), inner);
  }

  private static String v6(Octets value) {
    return new IpAddress.V6(
            (Bytes.u32(value, 0) << 32) | Bytes.u32(value, 4),
            (Bytes.u32(value, 8) << 32) | Bytes.u32(value, 12))
        .toString();
  }

  private static String transportUse(int code) {
    boolean defined = TransportUse.ofCode(code).code() == code;
    return defined ? TransportUse.ofCode(code).toString() : "undefined 0x%04x".formatted(code);
  }

  private static Map<String, Object> value(Octets value) {
    return new Node.Fields().put("value", value.toHex()).put("size", value.size()).all();
  }
}
