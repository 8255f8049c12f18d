package io.rserpool.client;

/// The calling thread was interrupted while it waited; its interrupt flag is set again. The object
/// it waited for is unharmed, and the call can be made again.
public final class InterruptedCallException extends RSerPoolException {

  InterruptedCallException(String what, InterruptedException cause) {
    super("interrupted while waiting for " + what, cause);
  }

  /// Sets the interrupt flag again, and gives what to throw: for code that offers blocking calls
  /// built on those of this package.
  ///
  /// @param what what was waited for
  /// @param cause what interrupted it
  /// @return what to throw
  public static InterruptedCallException restoring(String what, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new InterruptedCallException(what, cause);
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
