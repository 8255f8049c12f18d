package io.rserpool.sim.session;

import java.time.Duration;

/// How the sessions of a scope are.
///
/// @param perUser how many each user has
/// @param cookieEvery after so many requests an element sends a cookie
/// @param workMax most that an element takes for one request
/// @param unit by which applications take their time
/// @param cookieAge a cookie that is older is refused
public record SessionPlan(
    int perUser, int cookieEvery, Duration workMax, Duration unit, Duration cookieAge) {

  private static final int RENEWALS = 8;

  /// No sessions.
  public static final SessionPlan NONE =
      new SessionPlan(0, 1, Duration.ZERO, Duration.ofSeconds(1), Duration.ofDays(1));

  /// Whether there are any.
  public boolean isAny() {
    return perUser > 0;
  }

  /// After which an element renews the cookies of those that ask for nothing.
  Duration renewal() {
    return cookieAge.dividedBy(RENEWALS);
  }

  /// The age at which no honest user's cookie is too old, though its session may be without an element
  /// for so long.
  public static Duration ageFor(Duration without) {
    return without.plus(without.dividedBy(RENEWALS - 2));
  }
}
