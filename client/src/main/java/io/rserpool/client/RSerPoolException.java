package io.rserpool.client;

/// Something that the caller or the operator has to deal with. Each subtype says what happened;
/// [#isRetryable] says whether the same call may succeed later without anything being corrected.
///
/// Nothing here is checked. Mistakes in arguments are [IllegalArgumentException]s as everywhere.
public abstract sealed class RSerPoolException extends RuntimeException
    permits UnknownPoolException,
        NoRegistrarException,
        RejectedException,
        ListenFailedException,
        CallTimeoutException,
        ClosedException,
        InterruptedCallException,
        SessionFailedException {

  RSerPoolException(String message) {
    super(message);
  }

  RSerPoolException(String message, Throwable cause) {
    super(message, cause);
  }

  /// {@return whether calling again, unchanged and after a moment, makes sense}
  public abstract boolean isRetryable();
}
