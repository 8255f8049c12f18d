package io.rserpool.engine.session;

import io.rserpool.engine.Engine;

/// Asks an element from which nothing is heard for a sign of life, on the control channel.
///
/// The time for the answer begins when the question was written: while an element takes nothing, the
/// send time-out is what counts, since a question that waits behind data was not asked yet.
final class Heartbeat {

  private final long intervalNs;
  private final long timeoutNs;
  private boolean isOn;
  private boolean isAsked;
  private long heardNs;
  private long writtenNs = Engine.NEVER;

  Heartbeat(SessionSettings settings) {
    this.intervalNs = settings.heartbeatInterval().toNanos();
    this.timeoutNs = settings.heartbeatTimeout().toNanos();
  }

  void begin(long nowNs, boolean hasControl) {
    isOn = hasControl && intervalNs > 0;
    heard(nowNs);
  }

  void stop() {
    isOn = false;
  }

  /// Anything counts: an answer is not needed from one that talks.
  void heard(long nowNs) {
    heardNs = nowNs;
    isAsked = false;
    writtenNs = Engine.NEVER;
  }

  /// A question was written.
  void written(long nowNs) {
    if (isAsked) {
      writtenNs = nowNs;
    }
  }

  /// The session itself was late: the answer may be there already, and has not been read.
  void forgive(long nowNs) {
    if (writtenNs != Engine.NEVER) {
      writtenNs = nowNs;
    }
  }

  /// Whether a question is to be asked now; it counts as asked then.
  boolean asksAt(long nowNs) {
    if (isAsked || deadlineNs() > nowNs) {
      return false;
    }
    isAsked = true;
    return true;
  }

  /// Whether the answer is overdue.
  boolean isDeadAt(long nowNs) {
    return isAsked && deadlineNs() <= nowNs;
  }

  long deadlineNs() {
    if (!isOn) {
      return Engine.NEVER;
    }
    if (!isAsked) {
      return heardNs + intervalNs;
    }
    return writtenNs == Engine.NEVER ? Engine.NEVER : writtenNs + timeoutNs;
  }
}
