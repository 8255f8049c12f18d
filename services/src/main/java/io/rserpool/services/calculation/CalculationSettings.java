package io.rserpool.services.calculation;

import java.time.Duration;

/// How a [CalculationService] calculates. A value; start with [#defaults], which are rsplib's.
///
/// @param capacity calculations per second, shared equally among the jobs
/// @param jobsMax how many jobs are taken at once; further ones are rejected
/// @param cookieCalculations a user gets a cookie after so many calculations, at the latest
/// @param cookieTime a user gets a cookie after this time, at the latest
/// @param keepAliveInterval a user is asked whether it lives after so long
/// @param keepAliveTimeout the job of a user that does not answer for so long is dropped
/// @param cleanShutdownProbability for tests: how probable it is that users get their cookies when
///     the service ends, 0 to 1
public record CalculationSettings(
    long capacity,
    int jobsMax,
    long cookieCalculations,
    Duration cookieTime,
    Duration keepAliveInterval,
    Duration keepAliveTimeout,
    double cleanShutdownProbability) {

  private static final CalculationSettings DEFAULTS =
      new CalculationSettings(
          1_000_000,
          10,
          5_000_000,
          Duration.ofSeconds(5),
          Duration.ofMillis(2_500),
          Duration.ofMillis(2_500),
          1);

  public CalculationSettings {
    requirePositive("capacity", capacity);
    requirePositive("maximum of jobs", jobsMax);
    requirePositive("number of calculations between cookies", cookieCalculations);
    requirePositive("time between cookies", cookieTime.toNanos());
    requirePositive("keep-alive interval", keepAliveInterval.toNanos());
    requirePositive("keep-alive time-out", keepAliveTimeout.toNanos());
    if (!(cleanShutdownProbability >= 0 && cleanShutdownProbability <= 1)) {
      throw new IllegalArgumentException(
          "a probability is 0 to 1, but this is " + cleanShutdownProbability);
    }
  }

  private static void requirePositive(String what, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException("a " + what + " is positive, but this is " + value);
    }
  }

  /// A million calculations a second for at most 10 jobs.
  public static CalculationSettings defaults() {
    return DEFAULTS;
  }
}
