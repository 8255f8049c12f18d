package io.rserpool.engine.session;

/// Which of its senses told a session that its element failed.
public enum LossSource {
  /// The element ended the link without the session expecting it.
  CLOSED,
  /// The link was broken: the process or its machine is gone.
  RESET,
  /// The element's machine says that nobody listens there.
  REFUSED,
  /// No link within the connect time-out.
  CONNECT_TIMEOUT,
  /// Nothing came for the read time-out while the application waited.
  READ_TIMEOUT,
  /// What was sent was not taken for the send time-out.
  SEND_TIMEOUT,
  /// The element did not answer the session's own keep-alive.
  HEARTBEAT,
  /// The registrar's pool is without the element, and it still lets users in: it is frozen.
  REMOVED,
  /// The element does not take the session's cookie; it can be reached, so it is not reported.
  REFUSED_COOKIE,
  /// The application said so.
  APPLICATION,
  /// The preferred element is back; nothing has failed, and nothing is reported.
  FAIL_BACK
}
