package io.rserpool.bench.session;

import org.HdrHistogram.Histogram;

/// What came of a load, or of several of the same kind.
///
/// @param operations answers, or messages that arrived
/// @param serverNs processor time of the server's process
/// @param loadNs processor time of this process
record Sample(long operations, long elapsedNs, long serverNs, long loadNs, Histogram latenciesNs) {

  private static final long LONGEST_NS = 60_000_000_000L;

  static Sample none() {
    return new Sample(0, 0, 0, 0, histogram());
  }

  static Histogram histogram() {
    return new Histogram(LONGEST_NS, 3);
  }

  Sample plus(Sample other) {
    Histogram both = latenciesNs.copy();
    both.add(other.latenciesNs);
    return new Sample(
        operations + other.operations,
        elapsedNs + other.elapsedNs,
        serverNs + other.serverNs,
        loadNs + other.loadNs,
        both);
  }

  double ratePerSecond() {
    return operations * 1e9 / Math.max(1, elapsedNs);
  }

  /// In microseconds, or nothing if single answers were not measured.
  String latency(double percentile) {
    return latenciesNs.getTotalCount() == 0
        ? ""
        : Long.toString(Math.round(latenciesNs.getValueAtPercentile(percentile) / 1e3));
  }

  double serverUs() {
    return serverNs / 1e3 / Math.max(1, operations);
  }

  double loadUs() {
    return loadNs / 1e3 / Math.max(1, operations);
  }
}
