package io.rserpool.wire;

/// A message that no bytes can carry, such as one beyond 65535 bytes. It is the caller's fault, and
/// a retry with the same message fails again: send less, or in pieces.
public final class UnencodableException extends RuntimeException {

  /// Says which message, what the limit is and what was seen.
  UnencodableException(String text) {
    super(text);
  }
}
