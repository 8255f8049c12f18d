package io.rserpool.client;

/// The session's element failed and the session is not on another one. In mode
/// [FailoverMode#MANUAL] the application calls [PoolSession#failover] and goes on; otherwise the
/// limits of the [SessionOptions] were reached, the session is over for good, and a new one may
/// succeed.
public final class SessionFailedException extends RSerPoolException {

  private final transient FailureSource source;

  SessionFailedException(String message, FailureSource source) {
    super(message);
    this.source = source;
  }

  SessionFailedException(String message, FailureSource source, Throwable cause) {
    super(message, cause);
    this.source = source;
  }

  /// The same for another caller.
  SessionFailedException again() {
    return new SessionFailedException(String.valueOf(getMessage()), source, this);
  }

  /// {@return what told of the failure}
  public FailureSource source() {
    return source;
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
