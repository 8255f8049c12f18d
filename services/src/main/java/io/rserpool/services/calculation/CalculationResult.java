package io.rserpool.services.calculation;

import io.rserpool.protocol.ElementId;
import java.time.Duration;

/// A job that is complete.
///
/// @param jobSize calculations
/// @param queuing from its making to its first request
/// @param startup from its first request until an element accepted it for the first time
/// @param processing from then on until it was complete, failures and all
/// @param element who completed it
/// @param moves how often it moved to another element
public record CalculationResult(
    long jobId,
    long jobSize,
    Duration queuing,
    Duration startup,
    Duration processing,
    ElementId element,
    int moves) {

  /// From its making until it was complete.
  public Duration handling() {
    return queuing.plus(startup).plus(processing);
  }

  /// Calculations per second of the handling.
  public double speed() {
    return jobSize / (Math.max(1, handling().toNanos()) / 1e9);
  }
}
