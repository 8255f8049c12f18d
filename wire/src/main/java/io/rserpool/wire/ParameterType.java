package io.rserpool.wire;

import java.util.Optional;

/// The parameters that we know, with the names that RFC 5354 gives them, for displays and texts.
public enum ParameterType {
  IPV4_ADDRESS(TypeCodes.IPV4_ADDRESS, "IPv4 Address"),
  IPV6_ADDRESS(TypeCodes.IPV6_ADDRESS, "IPv6 Address"),
  DCCP_TRANSPORT(TypeCodes.DCCP_TRANSPORT, "DCCP Transport"),
  SCTP_TRANSPORT(TypeCodes.SCTP_TRANSPORT, "SCTP Transport"),
  TCP_TRANSPORT(TypeCodes.TCP_TRANSPORT, "TCP Transport"),
  UDP_TRANSPORT(TypeCodes.UDP_TRANSPORT, "UDP Transport"),
  UDP_LITE_TRANSPORT(TypeCodes.UDP_LITE_TRANSPORT, "UDP-Lite Transport"),
  POLICY(TypeCodes.POLICY, "Pool Member Selection Policy"),
  POOL_HANDLE(TypeCodes.POOL_HANDLE, "Pool Handle"),
  POOL_ELEMENT(TypeCodes.POOL_ELEMENT, "Pool Element"),
  SERVER_INFORMATION(TypeCodes.SERVER_INFORMATION, "Server Information"),
  OPERATION_ERROR(TypeCodes.OPERATION_ERROR, "Operation Error"),
  COOKIE(TypeCodes.COOKIE, "Cookie"),
  ELEMENT_ID(TypeCodes.ELEMENT_ID, "PE Identifier"),
  CHECKSUM(TypeCodes.CHECKSUM, "PE Checksum"),
  OPAQUE_TRANSPORT(TypeCodes.OPAQUE_TRANSPORT, "Opaque Transport"),
  /// Of the handle resolution option draft: how many elements are wanted.
  HANDLE_RESOLUTION_OPTION(TypeCodes.HANDLE_RESOLUTION_OPTION, "Handle Resolution Option"),
  /// Our own, see [io.rserpool.protocol.LeaveRequest].
  LEAVE_REQUEST(TypeCodes.LEAVE_REQUEST, "Leave Request"),
  /// Our own, see [io.rserpool.protocol.PoolElementParameter#registrant()].
  REGISTRANT(TypeCodes.REGISTRANT, "Registrant");

  private final int code;
  private final String text;

  ParameterType(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }

  /// The name for people.
  public String text() {
    return text;
  }

  /// The parameter with the given number, if we know it.
  public static Optional<ParameterType> ofCode(int code) {
    for (ParameterType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /// The name of the parameter with the given number, or the number itself.
  static String textOf(int code) {
    return ofCode(code)
        .map(ParameterType::text)
        .orElseGet(() -> "parameter 0x%04x".formatted(code));
  }
}
