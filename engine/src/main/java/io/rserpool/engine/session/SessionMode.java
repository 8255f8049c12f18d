package io.rserpool.engine.session;

/// Who moves a session to another element when its own fails.
public enum SessionMode {
  /// The session does, at once, and tells afterwards.
  AUTOMATIC,
  /// The application does, by [UserSession#failover], after it heard [SessionNews.FailoverNecessary].
  MANUAL,
  /// Nobody: the session ends with its element.
  NONE
}
