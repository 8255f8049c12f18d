package io.rserpool.protocol.enrp;

/// The message types of ENRP (RFC 5353 section 2).
public enum EnrpType {
  PRESENCE(1),
  HANDLE_TABLE_REQUEST(2),
  HANDLE_TABLE_RESPONSE(3),
  HANDLE_UPDATE(4),
  LIST_REQUEST(5),
  LIST_RESPONSE(6),
  INIT_TAKEOVER(7),
  INIT_TAKEOVER_ACK(8),
  TAKEOVER_SERVER(9),
  ERROR(10);

  private final int code;

  EnrpType(int code) {
    this.code = code;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }

  /// The RFC's name, such as `ENRP_HANDLE_UPDATE`.
  public String rfcName() {
    return "ENRP_" + name();
  }
}
