package io.rserpool.services.calculation;

import java.time.Duration;

/// What a [CalculationClient] has calculated. A value; start with [#defaults], which are rsplib's.
///
/// @param jobInterval from one new job to the next, in the mean: negative exponential
/// @param jobSize calculations of a job, in the mean: negative exponential
/// @param jobs how many jobs; 0 for no end
/// @param keepAliveInterval an element is asked whether it lives after so long
/// @param keepAliveTimeout an element that does not answer for so long has failed
/// @param retryDelay the pause after an element had no place for a job
public record CalculationOptions(
    Duration jobInterval,
    double jobSize,
    long jobs,
    Duration keepAliveInterval,
    Duration keepAliveTimeout,
    Duration retryDelay) {

  private static final CalculationOptions DEFAULTS =
      new CalculationOptions(
          Duration.ofSeconds(15),
          5_000_000,
          0,
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1));

  public CalculationOptions {
    if (!jobInterval.isPositive()
        || !keepAliveInterval.isPositive()
        || !keepAliveTimeout.isPositive()
        || !retryDelay.isPositive()) {
      throw new IllegalArgumentException(
          "times are positive, but those of jobs, keep-alives and retries are %s, %s, %s and %s"
              .formatted(jobInterval, keepAliveInterval, keepAliveTimeout, retryDelay));
    }
    if (!(jobSize >= 1) || jobs < 0) {
      throw new IllegalArgumentException(
          "jobs have 1 calculation or more, and there are 0 or more, not %s and %d"
              .formatted(jobSize, jobs));
    }
  }

  /// A job of 5 million calculations each 15 seconds, without end.
  public static CalculationOptions defaults() {
    return DEFAULTS;
  }

  /// The same with other jobs.
  public CalculationOptions withJobs(Duration newInterval, double newSize, long newJobs) {
    return new CalculationOptions(
        newInterval, newSize, newJobs, keepAliveInterval, keepAliveTimeout, retryDelay);
  }

  /// The same with other keep-alives.
  public CalculationOptions withKeepAlives(Duration newInterval, Duration newTimeout) {
    return new CalculationOptions(jobInterval, jobSize, jobs, newInterval, newTimeout, retryDelay);
  }
}
