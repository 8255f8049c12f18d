package io.rserpool.engine.session;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;

/// What a session engine tells for logs and traces.
public sealed interface SessionEvent {

  /// An element was tried in vain.
  record AttemptFailed(PoolHandle handle, ElementId element, LossSource source, String reason)
      implements SessionEvent {
    @Override
    public String describe() {
      return "pool=%s element=%s tried in vain, %s: %s".formatted(handle, element, source, reason);
    }
  }

  /// A session lost its element.
  record Lost(PoolHandle handle, ElementId element, Loss loss) implements SessionEvent {
    @Override
    public String describe() {
      return "pool=%s element=%s lost, %s: %s"
          .formatted(handle, element, loss.source(), loss.reason());
    }
  }

  /// A session is on another element.
  record Moved(PoolHandle handle, SessionMove move) implements SessionEvent {
    @Override
    public String describe() {
      return "pool=%s element=%s serves instead of element=%s, cookie=%s"
          .formatted(
              handle,
              move.newElement().elementId(),
              move.oldElement().elementId(),
              move.cookieEchoed());
    }
  }

  /// An element said in an ASAP_ERROR, or with a control message that has no place in a session,
  /// something that people should know; limited in number.
  record Remark(PoolHandle handle, ElementId element, String what) implements SessionEvent {
    @Override
    public String describe() {
      return "pool=%s element=%s %s".formatted(handle, element, what);
    }
  }

  /// One line, identifiers first.
  String describe();
}
