package io.rserpool.engine.session;

/// Whether a message that was not handed over as a whole goes to the next element (RFC 5352 section
/// 6.5.5).
public enum SendOption {
  /// To the next element, from its beginning, in order (ASAP_SEND_FAILOVER).
  FAILOVER,
  /// Never: it comes back to the application as [SessionNews.Unsent] (ASAP_SEND_NO_FAILOVER).
  NO_FAILOVER
}
