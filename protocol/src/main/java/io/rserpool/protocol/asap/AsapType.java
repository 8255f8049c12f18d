package io.rserpool.protocol.asap;

/// The message types of ASAP (RFC 5352 section 2.2).
public enum AsapType {
  REGISTRATION(1),
  DEREGISTRATION(2),
  REGISTRATION_RESPONSE(3),
  DEREGISTRATION_RESPONSE(4),
  HANDLE_RESOLUTION(5),
  HANDLE_RESOLUTION_RESPONSE(6),
  ENDPOINT_KEEP_ALIVE(7),
  ENDPOINT_KEEP_ALIVE_ACK(8),
  ENDPOINT_UNREACHABLE(9),
  SERVER_ANNOUNCE(10),
  COOKIE(11),
  COOKIE_ECHO(12),
  BUSINESS_CARD(13),
  ERROR(14);

  private final int code;

  AsapType(int code) {
    this.code = code;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }

  /// The RFC's name, such as `ASAP_HANDLE_RESOLUTION`.
  public String rfcName() {
    return "ASAP_" + name();
  }
}
