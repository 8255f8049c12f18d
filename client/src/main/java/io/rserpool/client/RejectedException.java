package io.rserpool.client;

import io.rserpool.protocol.ErrorCause;
import java.util.List;

/// A registrar refused, or what was asked does not fit what was asked before. Asking again
/// unchanged makes no sense; [#causes] says what has to be corrected.
public final class RejectedException extends RSerPoolException {

  private final transient List<ErrorCause> causes;

  RejectedException(String who, List<ErrorCause> causes) {
    super(who + " refused by the registrar: " + CauseText.of(causes));
    this.causes = List.copyOf(causes);
  }

  RejectedException(String message) {
    super(message);
    this.causes = List.of();
  }

  /// {@return the registrar's reasons; empty if this library refused by itself}
  public List<ErrorCause> causes() {
    return causes;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }
}
