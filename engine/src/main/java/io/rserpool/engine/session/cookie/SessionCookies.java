package io.rserpool.engine.session.cookie;

import io.rserpool.protocol.Octets;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Numbers and seals the cookies of one session at one element.
public final class SessionCookies {

  private final RandomGenerator random;
  private @Nullable SessionId session;
  private long sequence;

  /// A session that has no cookie yet.
  ///
  /// @param random one that nobody can guess
  public SessionCookies(RandomGenerator random) {
    this.random = random;
  }

  /// Goes on with the session to which this cookie belongs.
  public void resume(Opening.Opened shown) {
    session = shown.session();
    sequence = shown.sequence();
  }

  /// Seals the session's next cookie.
  public Octets seal(CookieSeal seal, Octets plain, long nowMs) {
    SessionId own = session;
    if (own == null) {
      own = SessionId.create(random);
      session = own;
    }
    sequence++;
    return seal.seal(own, sequence, plain, nowMs, random);
  }
}
