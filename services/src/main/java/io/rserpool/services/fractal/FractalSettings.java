package io.rserpool.services.fractal;

import java.time.Duration;

/// How a [FractalService] computes. A value; start with [#defaults], which are rsplib's.
///
/// @param cookieTime a user gets a cookie after this time, at the latest
/// @param cookieMessages a user gets a cookie after so many data messages, at the latest
/// @param dataTime a partly filled message goes out after this time, so that the user sees progress
/// @param failureAfter for tests: the session ends after so many data messages; 0 for never
public record FractalSettings(
    Duration cookieTime, int cookieMessages, Duration dataTime, long failureAfter) {

  private static final FractalSettings DEFAULTS =
      new FractalSettings(Duration.ofSeconds(1), 10, Duration.ofSeconds(1), 0);

  public FractalSettings {
    if (!cookieTime.isPositive() || !dataTime.isPositive()) {
      throw new IllegalArgumentException(
          "times are positive, but those of cookies and data are %s and %s"
              .formatted(cookieTime, dataTime));
    }
    if (cookieMessages < 1 || failureAfter < 0) {
      throw new IllegalArgumentException(
          "a cookie comes after 1 message or more and a failure after 0 or more, not %d and %d"
              .formatted(cookieMessages, failureAfter));
    }
  }

  /// A cookie each second or 10 messages, no failure.
  public static FractalSettings defaults() {
    return DEFAULTS;
  }
}
