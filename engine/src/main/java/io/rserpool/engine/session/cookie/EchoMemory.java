package io.rserpool.engine.session.cookie;

import java.util.LinkedHashMap;

/// Remembers of each session the newest cookie that its user has shown, so that the user cannot go back
/// to an older state of the session. Of a limited number of sessions: those whose user showed nothing
/// for the longest time are forgotten, and then only the age limit counts.
///
/// Cookies that a server has *issued* do not count: a user whose element died before the cookie
/// arrived has an older one, and is to be served. A genuine user never shows an older cookie than it
/// has shown before, to whichever element, since it always shows the newest that it has.
public final class EchoMemory {

  private final LinkedHashMap<SessionId, Long> newest;
  private final int sessionsMax;

  /// Remembers nothing yet.
  public EchoMemory(int sessionsMax) {
    this.sessionsMax = sessionsMax;
    this.newest = new LinkedHashMap<>();
  }

  /// Notes a genuine cookie that a user shows.
  ///
  /// @return the same, or the refusal if a newer one is known
  public Opening admit(Opening.Opened shown) {
    Long known = newest.get(shown.session());
    if (known != null && known > shown.sequence()) {
      return new Opening.Refused(
          Refusal.NEWER_SEEN,
          "it has number %d, but the user has shown number %d of session %s before"
              .formatted(shown.sequence(), known, shown.session()));
    }
    newest.putLast(shown.session(), shown.sequence());
    while (newest.size() > sessionsMax) {
      newest.pollFirstEntry();
    }
    return shown;
  }

  /// Of how many sessions something is remembered.
  public int size() {
    return newest.size();
  }
}
