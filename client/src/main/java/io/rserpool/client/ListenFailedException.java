package io.rserpool.client;

/// An own port cannot be had: another program has it, or the address is not one of this machine's.
/// The message says which. A retry makes sense only after that was corrected.
public final class ListenFailedException extends RSerPoolException {

  /// Tells of a port that cannot be had.
  ///
  /// @param message which port, and why not
  /// @param cause what interrupted it
  public ListenFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
