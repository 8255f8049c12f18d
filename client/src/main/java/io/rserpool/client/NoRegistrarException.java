package io.rserpool.client;

/// No registrar answered in time. A retry makes sense: the hunt for one goes on meanwhile.
public final class NoRegistrarException extends RSerPoolException {

  NoRegistrarException(String message) {
    super(message);
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
