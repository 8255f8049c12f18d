package io.rserpool.sim.scope;

import io.rserpool.sim.network.Node;

/// One process of a scope. It can be stopped by its [#node] and started again.
public sealed interface Participant permits RegistrarProcess, ElementProcess, UserProcess {

  /// Where it runs.
  Node node();

  /// Its name in traces.
  default String name() {
    return node().name();
  }

  /// Begins a new life with an empty memory.
  void start();
}
