package io.rserpool.bench.requests;

/// The registrar and the echo, which get the same load in turn.
///
/// @param exchange what both are asked
/// @param registrar what is measured
/// @param echo what it is held against
record Rivals(Exchange exchange, ServerProcess registrar, ServerProcess echo) {

  /// One measurement.
  @FunctionalInterface
  interface Load {
    Outcome on(LoadRun run) throws InterruptedException;
  }

  /// What the two reached.
  record Pair(Outcome registrar, Outcome echo) {

    double rateRatio() {
      return registrar.ratePerSecond() / echo.ratePerSecond();
    }

    double processorRatio() {
      return registrar.ratePerProcessor() / echo.ratePerProcessor();
    }

    /// What makes it void, or nothing.
    String trouble() {
      return registrar.trouble().isEmpty()
          ? echo.trouble().isEmpty() ? "" : "echo: " + echo.trouble()
          : "registrar: " + registrar.trouble();
    }
  }

  /// Measures both twice, in the order echo, registrar, registrar, echo: a machine that becomes
  /// slower or faster meanwhile does both the same.
  Pair inTurn(int connections, Load load) throws InterruptedException {
    Outcome bare = of(echo, connections, load);
    Outcome own = of(registrar, connections, load);
    return new Pair(
        own.plus(of(registrar, connections, load)), bare.plus(of(echo, connections, load)));
  }

  private Outcome of(ServerProcess server, int connections, Load load) throws InterruptedException {
    try (LoadRun run = new LoadRun(server, exchange, connections)) {
      return load.on(run);
    }
  }
}
