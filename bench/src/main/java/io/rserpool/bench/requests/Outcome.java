package io.rserpool.bench.requests;

import org.HdrHistogram.Histogram;

/// What was measured at one server under one load.
///
/// @param answers how many came
/// @param elapsedNs within this time
/// @param serverNs processor time of the server's process
/// @param clientNs processor time of the thread that made the load
/// @param latenciesNs from the (intended) sending to the answer
/// @param latenessNs of the client itself: from the intended to the real sending, in an open loop
/// @param trouble what makes the measurement void, or nothing
public record Outcome(
    long answers,
    long elapsedNs,
    long serverNs,
    long clientNs,
    Histogram latenciesNs,
    Histogram latenessNs,
    String trouble) {

  public double ratePerSecond() {
    return answers * 1e9 / elapsedNs;
  }

  /// Processors that the server kept busy; 1.00 is one of them.
  public double serverShare() {
    return (double) serverNs / elapsedNs;
  }

  /// The same of the client's thread.
  public double clientShare() {
    return (double) clientNs / elapsedNs;
  }

  /// Answers for each second of the server's processor time; other programs on the machine hardly
  /// change it.
  public double ratePerProcessor() {
    return answers * 1e9 / serverNs;
  }

  public double latencyUs(double percentile) {
    return latenciesNs.getValueAtPercentile(percentile) / 1e3;
  }

  public double latenessUs(double percentile) {
    return latenessNs.getValueAtPercentile(percentile) / 1e3;
  }

  /// Two measurements of the same thing as one.
  public Outcome plus(Outcome other) {
    Histogram latencies = latenciesNs.copy();
    latencies.add(other.latenciesNs);
    Histogram lateness = latenessNs.copy();
    lateness.add(other.latenessNs);
    return new Outcome(
        answers + other.answers,
        elapsedNs + other.elapsedNs,
        serverNs + other.serverNs,
        clientNs + other.clientNs,
        latencies,
        lateness,
        trouble.isEmpty() ? other.trouble : trouble);
  }
}
