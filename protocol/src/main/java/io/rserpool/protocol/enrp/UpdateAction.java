package io.rserpool.protocol.enrp;

/// What an ENRP_HANDLE_UPDATE tells (RFC 5353 section 2.4).
public enum UpdateAction {
  /// An element was added, or its attributes have changed.
  ADD_PE(0),
  /// An element is gone.
  DEL_PE(1);

  private final int code;

  UpdateAction(int code) {
    this.code = code;
  }

  /// The number on the wire.
  public int code() {
    return code;
  }
}
