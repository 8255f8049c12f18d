package io.rserpool.runtime;

/// A monotonic clock in nanoseconds; its origin does not matter.
@FunctionalInterface
public interface TimeSource {

  /// The time now; never less than before.
  long nowNs();
}
