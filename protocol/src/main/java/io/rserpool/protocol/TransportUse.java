package io.rserpool.protocol;

/// What an element's service port carries (RFC 5354 section 3.4). Of a pool, all elements say the
/// same.
public enum TransportUse {
  /// User data only.
  DATA_ONLY(0),
  /// User data, and ASAP control messages (cookies, business cards) beside it.
  DATA_PLUS_CONTROL(1);

  private final int code;

  TransportUse(int code) {
    this.code = code;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }

  /// The use with the given number; numbers that RFC 5354 does not define read as [#DATA_ONLY].
  public static TransportUse ofCode(int code) {
    return code == 1 ? DATA_PLUS_CONTROL : DATA_ONLY;
  }
}
