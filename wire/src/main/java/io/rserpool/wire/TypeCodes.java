package io.rserpool.wire;

/// The parameter type numbers (RFC 5354 section 3) as constants, for switches and for speed.
final class TypeCodes {

  static final int NONE = 0x0000;
  static final int IPV4_ADDRESS = 0x0001;
  static final int IPV6_ADDRESS = 0x0002;
  static final int DCCP_TRANSPORT = 0x0003;
  static final int SCTP_TRANSPORT = 0x0004;
  static final int TCP_TRANSPORT = 0x0005;
  static final int UDP_TRANSPORT = 0x0006;
  static final int UDP_LITE_TRANSPORT = 0x0007;
  static final int POLICY = 0x0008;
  static final int POOL_HANDLE = 0x0009;
  static final int POOL_ELEMENT = 0x000a;
  static final int SERVER_INFORMATION = 0x000b;
  static final int OPERATION_ERROR = 0x000c;
  static final int COOKIE = 0x000d;
  static final int ELEMENT_ID = 0x000e;
  static final int CHECKSUM = 0x000f;
  static final int OPAQUE_TRANSPORT = 0x0010;
  static final int HANDLE_RESOLUTION_OPTION = 0x803f;
  static final int LEAVE_REQUEST = 0xbf01;
  static final int REGISTRANT = 0xbf02;

  private TypeCodes() {}

  /// Whether we know what a parameter of this type means. Type 0 is reserved, so it is unknown.
  static boolean isKnown(int type) {
    return (type >= IPV4_ADDRESS && type <= OPAQUE_TRANSPORT)
        || type == HANDLE_RESOLUTION_OPTION
        || type == LEAVE_REQUEST
        || type == REGISTRANT;
  }
}
