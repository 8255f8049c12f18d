package io.rserpool.sim.session;

import io.rserpool.engine.session.cookie.SessionCookies;
import io.rserpool.engine.session.element.ElementSession;
import io.rserpool.sim.network.Link;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a service knows of one link: the session's state, and what it has answered.
final class Conversation {

  private final Link link;
  private final long number;
  private final ElementSession<Piece> session;
  private final SessionCookies cookies;
  private final List<Long> digests = new ArrayList<>();
  private @Nullable State state;
  private int restored;
  private long running;
  private long sealedAtNs;

  /// @param number which no other conversation in the scope has
  Conversation(
      Link link, long number, ElementSession<Piece> session, SessionCookies cookies, long nowNs) {
    this.link = link;
    this.number = number;
    this.session = session;
    this.cookies = cookies;
    this.sealedAtNs = nowNs;
  }

  /// Numbers and seals its cookies.
  SessionCookies cookies() {
    return cookies;
  }

  Link link() {
    return link;
  }

  long number() {
    return number;
  }

  /// What control messages mean to it.
  ElementSession<Piece> session() {
    return session;
  }

  @Nullable State state() {
    return state;
  }

  /// How many requests are in the state that it began with.
  int restored() {
    return restored;
  }

  void begin(State with) {
    state = with;
    restored = with.count();
    digests.clear();
  }

  void apply(State after) {
    state = after;
    digests.add(after.digest());
  }

  /// The digest after a request that was applied here.
  long digestOf(int request) {
    int index = request - restored - 1;
    return index >= 0 && index < digests.size() ? digests.get(index) : 0;
  }

  long nextRunning() {
    return ++running;
  }

  /// When it has sent a cookie last.
  long sealedAtNs() {
    return sealedAtNs;
  }

  void sealed(long nowNs) {
    sealedAtNs = nowNs;
  }
}
