package io.rserpool.bench.sctp;

import org.HdrHistogram.Histogram;

/// What came of a load.
///
/// @param messages how many were answered, or counted by the server
/// @param serverNs processor time of the server's process
/// @param loadNs processor time of this process
record Measured(long messages, long elapsedNs, long serverNs, long loadNs, Histogram latenciesNs) {

  private static final double MEDIAN = 50;
  private static final double TAIL = 99;

  double ratePerSecond() {
    return messages * 1e9 / elapsedNs;
  }

  double serverUsPerMessage() {
    return serverNs / 1e3 / Math.max(1, messages);
  }

  double loadUsPerMessage() {
    return loadNs / 1e3 / Math.max(1, messages);
  }

  double medianUs() {
    return latenciesNs.getValueAtPercentile(MEDIAN) / 1e3;
  }

  double tailUs() {
    return latenciesNs.getValueAtPercentile(TAIL) / 1e3;
  }

  /// Two measurements of the same thing as one.
  Measured plus(Measured other) {
    Histogram both = latenciesNs.copy();
    both.add(other.latenciesNs);
    return new Measured(
        messages + other.messages,
        elapsedNs + other.elapsedNs,
        serverNs + other.serverNs,
        loadNs + other.loadNs,
        both);
  }
}
