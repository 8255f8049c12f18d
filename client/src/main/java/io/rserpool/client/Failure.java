package io.rserpool.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;

/// That an element failed, as the session noticed it.
///
/// @param noticedNs by [System#nanoTime]
record Failure(FailureSource source, String reason, long noticedNs) {

  static Failure now(FailureSource source, String reason) {
    return new Failure(source, reason, System.nanoTime());
  }

  /// What a broken channel, or one that could not be opened, says of the element.
  static FailureSource sourceOf(IOException e) {
    return switch (e) {
      case ConnectException _ -> FailureSource.REFUSED;
      case SocketTimeoutException _ -> FailureSource.CONNECT_TIMEOUT;
      case EOFException _ -> FailureSource.CLOSED;
      default -> FailureSource.RESET;
    };
  }

  SessionFailedException toException(String who) {
    return new SessionFailedException(who + " failed (" + source + "): " + reason, source);
  }
}
