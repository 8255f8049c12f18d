package io.rserpool.gateway.listen;

import java.util.concurrent.atomic.LongAdder;

/// Counts what happens, from any thread.
final class Tally {
  final LongAdder accepted = new LongAdder();
  final LongAdder ended = new LongAdder();
  final LongAdder broken = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder bytesToElements = new LongAdder();
  final LongAdder bytesFromElements = new LongAdder();

  /// What was counted; what is done is read first, so that nothing is open less than not at all.
  ListenerCounters read() {
    long done = ended.sum();
    long failed = broken.sum();
    long none = refused.sum();
    long all = accepted.sum();
    return new ListenerCounters(
        all,
        all - done - failed - none,
        done,
        failed,
        none,
        bytesToElements.sum(),
        bytesFromElements.sum());
  }
}
