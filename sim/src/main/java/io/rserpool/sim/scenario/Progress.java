package io.rserpool.sim.scenario;

import java.time.Duration;

/// Hears how far a run is.
@FunctionalInterface
public interface Progress {

  /// So much virtual time has passed.
  ///
  /// @return whether to go on
  boolean goesOn(Duration simulated);
}
