package io.rserpool.net.kernel;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpOptions;

/// Tells a call that was refused from one that nobody answered. The kernel says the same of both, but it
/// gives up an unanswered call only after a time that can be computed.
final class CallTimes {

  /// The kernel's timers may be so much early, by the grain of its clock.
  private static final long GRAIN_NS = 20_000_000;

  private CallTimes() {}

  /// Why a call has failed so long after it began.
  static LossReason reason(long elapsedNs, long patienceNs) {
    return elapsedNs + GRAIN_NS < patienceNs ? LossReason.REFUSED : LossReason.UNREACHABLE;
  }

  /// How long the kernel tries: once, and then again as often as it may, at all addresses in turn; the
  /// time-out doubles whenever all have been tried.
  static long patienceNs(SctpOptions options, int addresses) {
    long timeOut = options.rtoInitial().toNanos();
    long sum = 0;
    for (int attempt = 0; attempt <= options.initAttempts(); attempt++) {
      if (attempt > 0 && attempt % addresses == 0) {
        timeOut *= 2;
      }
      timeOut = Math.min(timeOut, options.rtoMax().toNanos());
      sum += timeOut;
    }
    return sum;
  }
}
