package io.rserpool.net;

/// An address cannot be listened at: another program has it, it is not one of this machine's, or
/// its
/// transport does not exist here. The message says which and what to do; a retry makes sense only
/// after
/// that was done.
public final class ListenException extends NetException {

  ListenException(String message) {
    super(message);
  }

  ListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
