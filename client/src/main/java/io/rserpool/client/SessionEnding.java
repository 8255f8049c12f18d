package io.rserpool.client;

import io.rserpool.engine.session.Loss;
import io.rserpool.engine.session.UserSession;
import io.rserpool.engine.session.UserSession.Phase;
import java.util.Optional;

/// What a session's callers are told when it cannot serve them. The lock of the session's host is
/// held.
final class SessionEnding {

  private final String who;
  private final UserSession<Piece> session;
  private final SessionErrands errands;
  private final SessionGreeter greeter;

  SessionEnding(
      String who, UserSession<Piece> session, SessionErrands errands, SessionGreeter greeter) {
    this.who = who;
    this.session = session;
    this.errands = errands;
    this.greeter = greeter;
  }

  /// Throws what the present phase has to say to a caller.
  void requireUsable() {
    switch (session.phase()) {
      case UP -> {
        // Usable.
      }
      case MOVING, GREETING -> {
        // The new element may fail while the listener talks to it.
        if (greeter.isHere() && !isServed()) {
          throw failed();
        }
      }
      case FAILED -> throw failed();
      case OVER -> throw over();
      case CLOSED -> throw closed();
    }
  }

  /// Throws if no move can be asked for.
  void requireMovable() {
    if (session.phase() == Phase.OVER || session.phase() == Phase.CLOSED) {
      requireUsable();
    }
  }

  /// Throws if the session is closed: then not even what came before is given.
  void requireOpen() {
    if (session.phase() == Phase.CLOSED) {
      throw closed();
    }
  }

  /// Whether this thread can use the present link now.
  boolean isServed() {
    return greeter.isHere()
        ? session.phase() == Phase.GREETING && session.loss().isEmpty()
        : session.phase() == Phase.UP;
  }

  private RSerPoolException closed() {
    RSerPoolException mistake = greeter.mistake();
    return mistake == null ? new ClosedException(who) : mistake;
  }

  private RSerPoolException over() {
    RSerPoolException refusal = errands.refusal();
    boolean isFirst = session.lastMove().isEmpty() && session.element().isEmpty();
    return refusal != null && (isFirst || !refusal.isRetryable()) ? refusal : failed();
  }

  private SessionFailedException failed() {
    Optional<Loss> loss = session.loss();
    return loss.isPresent()
        ? Failure.exceptionOf(who, loss.get())
        : new SessionFailedException(who + " has no element", FailureSource.REFUSED);
  }

  @Override
  public String toString() {
    return who;
  }
}
