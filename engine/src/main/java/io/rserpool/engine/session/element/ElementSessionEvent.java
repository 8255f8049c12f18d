package io.rserpool.engine.session.element;

import io.rserpool.engine.Event;
import io.rserpool.engine.session.cookie.Opening;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;

/// What an [ElementSession] tells for logs and traces; all of it is the user's doing.
public sealed interface ElementSessionEvent extends Event {

  /// Whose session it is.
  ///
  /// @param handle the pool of the element
  /// @param elementId the element
  /// @param user where the user is, for people
  record Subject(PoolHandle handle, ElementId elementId, String user) {
    @Override
    public String toString() {
      return "pool=%s element=%s user=%s".formatted(handle, elementId, user);
    }
  }

  /// A cookie was not taken.
  record CookieRefused(Subject subject, Opening.Refused refusal) implements ElementSessionEvent {
    @Override
    public String describe() {
      return "%s cookie refused, %s: %s".formatted(subject, refusal.reason(), refusal.text());
    }
  }

  /// The user did what has no place in a session; it was ignored.
  record Misplaced(Subject subject, String what) implements ElementSessionEvent {
    @Override
    public String describe() {
      return "%s %s".formatted(subject, what);
    }
  }

  @Override
  default Level level() {
    return Level.WARN;
  }

  @Override
  default boolean isPeerDriven() {
    return true;
  }
}
