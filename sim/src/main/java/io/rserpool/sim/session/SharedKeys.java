package io.rserpool.sim.session;

import io.rserpool.engine.session.cookie.CookieKeys;
import io.rserpool.engine.session.cookie.CookieSeal;
import io.rserpool.engine.session.cookie.CookieSettings;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The keys that the servers of all pools share. New ones are made now and then, early enough for all
/// servers to have them when their time comes; old ones go when nothing that they sealed is taken any
/// more.
public final class SharedKeys {

  /// Keys are changed so often that a run sees several.
  private static final int CHANGES_PER_AGE = 3;

  /// The one that seals, those of cookies that are taken still, and the next one.
  private static final int KEPT = CHANGES_PER_AGE + 2;

  private final RandomGenerator random;
  private final CookieSettings settings;
  private final long periodMs;
  private @Nullable CookieKeys keys;
  private long changedMs;

  private static final int SESSIONS_REMEMBERED = 1_000;

  /// Keys that are made when they are needed.
  public SharedKeys(Duration age, Duration skew, RandomGenerator random) {
    this.random = random;
    this.settings = new CookieSettings(age, skew, SESSIONS_REMEMBERED);
    this.periodMs = age.toMillis() / CHANGES_PER_AGE;
  }

  /// What a pool's servers seal with now.
  CookieSeal seal(PoolHandle handle, long nowMs) {
    return new CookieSeal(keys(nowMs), settings, handle, Octets.EMPTY);
  }

  private CookieKeys keys(long nowMs) {
    CookieKeys present = keys;
    if (present == null) {
      present = CookieKeys.create(random, nowMs);
      changedMs = nowMs;
    } else if (nowMs - changedMs >= periodMs) {
      present = present.rotated(random, nowMs + settings.clockSkew().toMillis(), KEPT);
      changedMs = nowMs;
    }
    keys = present;
    return present;
  }
}
