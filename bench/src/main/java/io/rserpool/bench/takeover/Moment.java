package io.rserpool.bench.takeover;

import io.rserpool.bench.report.Spread;

/// Points in time by [System#nanoTime], or none.
final class Moment {

  /// It did not happen.
  static final long NEVER = Long.MAX_VALUE;

  private Moment() {}

  /// Notes how long after the beginning something happened, or that it did not.
  static void note(Spread spread, long beginNs, long atNs) {
    if (atNs == NEVER) {
      spread.miss();
    } else {
      spread.add((atNs - beginNs) / 1e9);
    }
  }
}
