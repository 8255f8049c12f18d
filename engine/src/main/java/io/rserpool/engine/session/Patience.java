package io.rserpool.engine.session;

import io.rserpool.engine.Engine;

/// How long the application waits for an answer: the read time-out. Only data ends the silence: an
/// element whose control channel is busy may still answer nothing.
final class Patience {

  private final long timeoutNs;
  private long heardNs;
  private long waitingNs = Engine.NEVER;
  private long greeterWaitingNs = Engine.NEVER;

  Patience(SessionSettings settings) {
    this.timeoutNs = settings.readTimeout().toNanos();
  }

  void heard(long nowNs) {
    heardNs = nowNs;
  }

  void waiting(long nowNs, boolean isWaiting, boolean isGreeter) {
    if (isGreeter) {
      greeterWaitingNs = since(greeterWaitingNs, nowNs, isWaiting);
    } else {
      waitingNs = since(waitingNs, nowNs, isWaiting);
    }
  }

  private static long since(long presentNs, long nowNs, boolean isWaiting) {
    if (!isWaiting) {
      return Engine.NEVER;
    }
    return Math.min(presentNs, nowNs);
  }

  /// When the silence has lasted too long.
  ///
  /// @param isUp whether everybody hears the element, not the greeter alone
  long deadlineNs(boolean isUp) {
    long sinceNs = isUp ? waitingNs : greeterWaitingNs;
    return timeoutNs == 0 || sinceNs == Engine.NEVER
        ? Engine.NEVER
        : Math.max(sinceNs, heardNs) + timeoutNs;
  }
}
