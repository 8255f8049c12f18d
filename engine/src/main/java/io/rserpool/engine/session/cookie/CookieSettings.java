package io.rserpool.engine.session.cookie;

import java.time.Duration;

/// How long cookies are taken, and how much is remembered to tell old ones.
///
/// @param ageLimit how old a cookie may be
/// @param clockSkew how far ahead of its own clock a server finds that of another one tolerable
/// @param sessionsMax of how many sessions the newest echo is remembered
public record CookieSettings(Duration ageLimit, Duration clockSkew, int sessionsMax) {

  /// So that time in milliseconds never overflows.
  private static final Duration LONGEST = Duration.ofDays(36_500);

  public CookieSettings {
    if (!ageLimit.isPositive() || clockSkew.isNegative() || sessionsMax < 1) {
      throw new IllegalArgumentException(
          "expected a positive age limit, a clock skew of zero or more and 1 session or more, but"
              + " they are %s, %s and %d".formatted(ageLimit, clockSkew, sessionsMax));
    }
    if (ageLimit.compareTo(LONGEST) > 0 || clockSkew.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("an age limit and a clock skew are at most 100 years");
    }
  }

  /// An hour, a minute, 10,000 sessions.
  public static CookieSettings defaults() {
    return new CookieSettings(Duration.ofHours(1), Duration.ofMinutes(1), 10_000);
  }

  /// The same with another age limit.
  public CookieSettings withAgeLimit(Duration newAgeLimit) {
    return new CookieSettings(newAgeLimit, clockSkew, sessionsMax);
  }
}
