package io.rserpool.wire;

/// Which of the two protocols a message belongs to. Message types are numbered separately, so bytes
/// alone do not tell: the SCTP payload protocol identifier or the port does.
public enum Protocol {
  /// Aggregate Server Access Protocol (RFC 5352).
  ASAP(11, 3863),
  /// Endpoint Handlespace Redundancy Protocol (RFC 5353).
  ENRP(12, 9901);

  private final int ppid;
  private final int port;

  Protocol(int ppid, int port) {
    this.ppid = ppid;
    this.port = port;
  }

  /// The SCTP payload protocol identifier (RFC 5352 section 8.3, RFC 5353 section 5.2).
  public int ppid() {
    return ppid;
  }

  /// The registered port without TLS.
  public int port() {
    return port;
  }
}
