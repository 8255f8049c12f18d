package io.rserpool.services.calculation;

import io.rserpool.client.Failover;
import io.rserpool.protocol.ElementId;

/// Told what a [CalculationClient] sees, on the client's thread.
public interface CalculationListener {

  /// Hears nothing.
  CalculationListener SILENT = new CalculationListener() {};

  /// A job was made.
  ///
  /// @param waiting how many wait for their turn, this one included
  default void queued(long jobId, long jobSize, int waiting) {}

  /// An element works at a job from now on.
  default void accepted(long jobId, ElementId element) {}

  /// An element has no place for a job; it is given to another one.
  default void rejected(long jobId, ElementId element) {}

  /// The element failed; another one goes on with the job from the cookie, or, without one, begins
  /// anew.
  default void movedOver(long jobId, Failover failover) {}

  /// A job is complete.
  default void completed(CalculationResult result) {}

  /// No element can be reached now; it is tried again.
  ///
  /// @param reason for people
  default void unreachable(String reason) {}
}
