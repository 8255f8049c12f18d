package io.rserpool.client;

/// The call's own time limit passed first. A retry makes sense; what was asked may still happen.
public final class CallTimeoutException extends RSerPoolException {

  CallTimeoutException(String message) {
    super(message);
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
