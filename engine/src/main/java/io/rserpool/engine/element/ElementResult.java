package io.rserpool.engine.element;

import io.rserpool.engine.Effect;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.ServerId;
import java.util.List;

/// What came of an [ElementRequest].
public sealed interface ElementResult extends Effect.Result {

  /// It is done.
  record Done() implements ElementResult {}

  /// The element is in its pool.
  ///
  /// @param elementId its identifier
  /// @param homeId its home registrar, or [ServerId#NONE] until the first keep-alive names it
  /// @param warnings what the registrar changed; mostly empty
  record Registered(ElementId elementId, ServerId homeId, List<ErrorCause> warnings)
      implements ElementResult {
    public Registered {
      warnings = List.copyOf(warnings);
    }
  }

  /// A registrar refused, and asking again unchanged makes no sense.
  record Rejected(List<ErrorCause> causes) implements ElementResult {
    public Rejected {
      causes = List.copyOf(causes);
    }
  }

  /// No registrar answered in time; the engine goes on trying in the background.
  record Unavailable(String detail) implements ElementResult {}

  /// The request does not fit the engine's state or registration.
  record Illegal(String detail) implements ElementResult {}
}
