package io.rserpool.sim.check;

import io.rserpool.protocol.Octets;
import io.rserpool.sim.session.SessionDeed;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is really the case with all sessions of a scope, and with the cookies that there are.
public final class SessionsTruth {

  /// More than any session can still have.
  private static final int COOKIES_MAX = 20_000;

  private final Map<Long, SessionFacts> sessions = new LinkedHashMap<>();
  private final Map<Octets, SessionDeed.Sealed> sealed = new LinkedHashMap<>();
  private final Set<Octets> lies = new LinkedHashSet<>();

  SessionsTruth() {}

  /// A session begins.
  public void begin(SessionFacts facts) {
    sessions.put(facts.number(), facts);
  }

  /// Something was done, and has been looked at.
  public void note(SessionDeed deed, long nowNs) {
    switch (deed) {
      case SessionDeed.Gone gone -> sessions.remove(gone.session());
      case SessionDeed.Lied lied -> keep(lies, lied.cookie());
      case SessionDeed.OfUser of -> find(of.session()).ifPresent(facts -> facts.note(of, nowNs));
      case SessionDeed.Sealed of -> {
        sealed.put(of.cookie(), of);
        while (sealed.size() > COOKIES_MAX) {
          sealed.remove(sealed.keySet().iterator().next());
        }
      }
      case SessionDeed.OfElement _ -> {}
    }
  }

  private static void keep(Set<Octets> in, Octets cookie) {
    in.add(cookie);
    while (in.size() > COOKIES_MAX) {
      in.remove(in.iterator().next());
    }
  }

  /// Those that there are.
  Collection<SessionFacts> all() {
    return sessions.values();
  }

  /// One of them, unless it is gone.
  Optional<SessionFacts> find(long number) {
    return Optional.ofNullable(sessions.get(number));
  }

  /// How a cookie was sealed, if it was.
  Optional<SessionDeed.Sealed> sealed(Octets cookie) {
    return Optional.ofNullable(sealed.get(cookie));
  }

  /// Whether a session is that of an application which does not lie.
  boolean isHonest(long number) {
    return sessions.containsKey(number);
  }

  /// Whether somebody has lied with this cookie.
  boolean isLie(Octets cookie) {
    return lies.contains(cookie);
  }
}
