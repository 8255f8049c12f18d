package io.rserpool.client;

/// Who moves a session to another element when its own fails.
public enum FailoverMode {
  /// The session does, at once, and tells afterwards.
  AUTOMATIC,
  /// The application does, by [PoolSession#failover], after a call threw [SessionFailedException].
  MANUAL,
  /// Nobody: the session ends with its element.
  NONE
}
