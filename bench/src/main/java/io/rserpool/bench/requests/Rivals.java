package io.rserpool.bench.requests;

/// Two servers that get the same load in turn.
///
/// @param exchange what both are asked
/// @param own what is measured
/// @param reference what it is held against
public record Rivals(Exchange exchange, ServerProcess own, ServerProcess reference) {

  /// One measurement.
  @FunctionalInterface
  public interface Load {
    Outcome on(LoadRun run) throws InterruptedException;
  }

  /// What the two reached.
  public record Pair(Outcome own, Outcome reference) {

    public double rateRatio() {
      return own.ratePerSecond() / reference.ratePerSecond();
    }

    public double processorRatio() {
      return own.ratePerProcessor() / reference.ratePerProcessor();
    }

    /// What makes it void, or nothing.
    public String trouble() {
      return own.trouble().isEmpty()
          ? reference.trouble().isEmpty() ? "" : "reference: " + reference.trouble()
          : own.trouble();
    }
  }

  /// Measures both twice, the reference first and last: a machine that becomes
  /// slower or faster meanwhile does both the same.
  public Pair inTurn(int connections, Load load) throws InterruptedException {
    Outcome before = of(reference, connections, load);
    Outcome measured = of(own, connections, load);
    return new Pair(
        measured.plus(of(own, connections, load)), before.plus(of(reference, connections, load)));
  }

  private Outcome of(ServerProcess server, int connections, Load load) throws InterruptedException {
    try (LoadRun run = new LoadRun(server, exchange, connections)) {
      return load.on(run);
    }
  }
}
