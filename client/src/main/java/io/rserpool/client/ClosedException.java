package io.rserpool.client;

/// The object was closed, before the call or during it. A retry makes no sense.
public final class ClosedException extends RSerPoolException {

  ClosedException(String what) {
    super(what + " is closed");
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
