package io.rserpool.net;

/// What the caller of this package asked for cannot be done. Nothing that a peer does ever causes
/// it.
public sealed class NetException extends RuntimeException
    permits ListenException, NodeClosedException {

  NetException(String message) {
    super(message);
  }

  NetException(String message, Throwable cause) {
    super(message, cause);
  }
}
