package io.rserpool.client;

/// That an element failed, as the session noticed it.
///
/// @param noticedNs by [System#nanoTime]
record Failure(FailureSource source, String reason, long noticedNs) {

  static Failure now(FailureSource source, String reason) {
    return new Failure(source, reason, System.nanoTime());
  }

  SessionFailedException toException(String who) {
    return new SessionFailedException(who + " failed (" + source + "): " + reason, source);
  }
}
