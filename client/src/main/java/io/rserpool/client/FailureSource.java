package io.rserpool.client;

/// Which of its senses told a session that its element failed.
public enum FailureSource {
  /// The element ended the connection without the session expecting it.
  CLOSED("connection closed"),
  /// The connection was broken: the process or its machine is gone.
  RESET("connection reset"),
  /// The element's machine says that nobody listens there.
  REFUSED("connection refused"),
  /// No connection within the connect time-out.
  CONNECT_TIMEOUT("connect time-out"),
  /// Nothing came for the read time-out while somebody waited.
  READ_TIMEOUT("read time-out"),
  /// What was sent was not taken for the send time-out.
  SEND_TIMEOUT("send time-out"),
  /// The element did not answer the session's own keep-alive in time.
  HEARTBEAT("heartbeat"),
  /// The registrar told that the element is out of its pool.
  PUSHED_REMOVAL("pushed removal"),
  /// The application said so: [PoolSession#fail].
  APPLICATION("application"),
  /// Nothing has failed: the preferred element is back.
  FAIL_BACK("fail-back"),
  /// The element does not accept the cookie that the session gave it: forged, too old, or of
  /// another pool.
  REFUSED_COOKIE("refused cookie");

  private final String text;

  FailureSource(String text) {
    this.text = text;
  }

  /// As people write it.
  @Override
  public String toString() {
    return text;
  }
}
