package io.rserpool.client.host;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.session.cookie.CookieSeal;
import io.rserpool.engine.session.cookie.CookieSettings;
import io.rserpool.engine.session.cookie.EchoMemory;
import io.rserpool.engine.session.cookie.Opening;
import io.rserpool.engine.session.cookie.Refusal;
import io.rserpool.engine.session.cookie.SessionCookies;
import io.rserpool.engine.session.cookie.SessionId;
import io.rserpool.engine.session.element.CookieReader;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// Seals and opens the cookies of all sessions of one host.
final class CookieDesk {

  /// Plain cookies say nothing of their session.
  private static final SessionId NO_SESSION = new SessionId(Octets.of(new byte[SessionId.SIZE]));

  private final Cookies cookies;
  private final PoolHandle handle;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final EchoMemory memory;

  private CookieDesk(Cookies cookies, PoolHandle handle) {
    this.cookies = cookies;
    this.handle = handle;
    this.memory = new EchoMemory(settings(cookies).sessionsMax());
  }

  private static CookieSettings settings(Cookies cookies) {
    return cookies instanceof Cookies.Sealed sealed ? sealed.settings() : CookieSettings.defaults();
  }

  /// Servers of rsplib seal nothing, and could not open what is sealed.
  static CookieDesk of(Cookies wanted, Profile profile, PoolHandle handle) {
    boolean isPlain = wanted.equals(Cookies.Unsealed.UNDECIDED) && profile == Profile.RSPLIB;
    return new CookieDesk(isPlain ? Cookies.PLAIN : wanted, handle);
  }

  boolean isPlain() {
    return cookies.equals(Cookies.PLAIN);
  }

  SessionCookies newSession() {
    return new SessionCookies(random);
  }

  /// What opens the cookies of a user.
  CookieReader reader(PeerIdentity user) {
    return (cookie, nowMs) -> open(cookie, nowMs, user);
  }

  private Opening open(Octets cookie, long nowMs, PeerIdentity user) {
    return switch (cookies) {
      case Cookies.Sealed sealed -> remembered(seal(sealed, user).open(cookie, nowMs));
      case Cookies.Unsealed.PLAIN -> new Opening.Opened(cookie, NO_SESSION, 0, Duration.ZERO);
      case Cookies.Unsealed.UNDECIDED ->
          new Opening.Refused(
              Refusal.NOT_TAKEN, "this server takes no cookies: it was given no keys for them");
    };
  }

  /// A cookie is for the user whom it was given: shown by anybody else it is refused, if there are
  /// certificates by which to know.
  private CookieSeal seal(Cookies.Sealed sealed, PeerIdentity user) {
    return new CookieSeal(
        sealed.keys().get(), sealed.settings(), handle, Octets.ofUtf8(user.name()));
  }

  private Opening remembered(Opening opening) {
    if (!(opening instanceof Opening.Opened opened)) {
      return opening;
    }
    lock.lock();
    try {
      return memory.admit(opened);
    } finally {
      lock.unlock();
    }
  }

  /// The cookie of a session as it travels.
  ///
  /// @throws IllegalStateException if nobody has said how cookies travel
  Octets toTravel(SessionCookies session, PeerIdentity user, Octets plain) {
    return switch (cookies) {
      case Cookies.Sealed sealed ->
          session.seal(seal(sealed, user), plain, System.currentTimeMillis());
      case Cookies.Unsealed.PLAIN -> plain;
      case Cookies.Unsealed.UNDECIDED ->
          throw new IllegalStateException(
              "pool=%s: the service sends cookies, but the host was not told how they travel: give"
                      .formatted(handle)
                  + " HostOptions.Builder.cookies the keys that all servers of the pool share,"
                  + " Cookies.sealed(CookieKeyFile.open(path)), or Cookies.PLAIN if users may read"
                  + " and forge them");
    };
  }
}
