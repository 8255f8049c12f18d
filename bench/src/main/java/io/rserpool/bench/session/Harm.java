package io.rserpool.bench.session;

import io.rserpool.bench.takeover.Signals;
import java.io.IOException;

/// What is done to a server.
enum Harm {
  KILL("killed"),
  FREEZE("frozen"),
  CUT("cut off");

  private final String done;

  Harm(String done) {
    this.done = done;
  }

  /// Does it.
  ///
  /// @return just before it happened
  long inflict(Stage.Server server) throws IOException, InterruptedException {
    long nowNs = System.nanoTime();
    switch (this) {
      case KILL -> server.talker().process().destroyForcibly();
      case FREEZE -> Signals.freeze(server.talker().process());
      case CUT -> CutNetwork.cut();
    }
    return nowNs;
  }

  @Override
  public String toString() {
    return done;
  }
}
