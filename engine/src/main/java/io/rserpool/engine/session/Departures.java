package io.rserpool.engine.session;

import io.rserpool.engine.session.UserSession.Phase;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;

/// How a session leaves elements: it loses them, gives them up, or ends itself.
final class Departures<P extends Payload> {

  private final Standing<P> session;
  private boolean isSettled = true;
  private boolean mayOpenFailed;

  Departures(Standing<P> session) {
    this.session = session;
  }

  /// Takes the present link for lost.
  ///
  /// @param isBroken whether the transport has ended it already
  void lose(Turn turn, LossSource source, String reason, boolean isBroken) {
    Link lost = session.link;
    if (lost == null || lost.isLost) {
      return;
    }
    boolean wasHeld = lost.isHeld;
    drop(lost);
    if (!isBroken) {
      turn.effect(
          source == LossSource.FAIL_BACK
              ? new SessionEffect.Close(lost.id)
              : new SessionEffect.Abort(lost.id, reason));
    }
    if (session.phase == Phase.CLOSED) {
      session.output.clear();
      return;
    }
    Loss now = new Loss(source, reason, turn.nowNs());
    ElementId id = lost.element.elementId();
    if (!lost.hasEnded && isReported(source)) {
      turn.effect(new SessionEffect.Report(session.handle, id));
    }
    if (session.phase == Phase.UP) {
      turn.tell(new SessionEvent.Lost(session.handle, id, now));
      leave(turn, lost, now);
    } else {
      turn.tell(new SessionEvent.AttemptFailed(session.handle, id, source, reason));
      giveUp(turn, lost, wasHeld, now);
    }
  }

  private void drop(Link lost) {
    lost.isLost = true;
    lost.isHeld = false;
    session.senses.stop();
    session.output.lose();
  }

  /// Whether a loss of this kind means that the element cannot be reached.
  private static boolean isReported(LossSource source) {
    return switch (source) {
      case CLOSED,
          RESET,
          REFUSED,
          CONNECT_TIMEOUT,
          READ_TIMEOUT,
          SEND_TIMEOUT,
          HEARTBEAT,
          APPLICATION ->
          true;
      case REMOVED, REFUSED_COOKIE, FAIL_BACK -> false;
    };
  }

  private void leave(Turn turn, Link lost, Loss now) {
    session.left = lost;
    session.why = now;
    if (lost.hasEnded || session.control.isRefusedForGood()) {
      over(turn, now);
      return;
    }
    session.loss = now;
    session.phase =
        switch (session.settings.mode()) {
          case AUTOMATIC -> Phase.MOVING;
          case MANUAL -> Phase.FAILED;
          case NONE -> Phase.OVER;
        };
    settle();
    if (session.phase == Phase.MOVING) {
      seek(turn, lost, now);
    }
  }

  /// A new element has failed before it was everybody's.
  private void giveUp(Turn turn, Link lost, boolean wasHeld, Loss now) {
    if (session.control.isRefusedForGood()) {
      over(turn, now);
    } else if (wasHeld) {
      tryNext(turn, lost.element.elementId(), now.source(), now.reason());
    } else {
      // The greeter is at work: it is told by its next call, and ends.
      session.loss = now;
    }
  }

  private void seek(Turn turn, Link lost, Loss now) {
    session.moving.begin(turn, lost, now, session.control.wishes());
    afterSearch(turn);
  }

  /// Looks for the first element.
  ///
  /// @param opensFailed whether the application is asked what to do if there is none
  void open(Turn turn, boolean opensFailed) {
    mayOpenFailed = opensFailed && session.settings.mode() == SessionMode.MANUAL;
    seekFirst(turn);
  }

  private void seekFirst(Turn turn) {
    session.moving.begin(turn, session.control.wishes());
    afterSearch(turn);
  }

  /// Ends the session if the search has ended.
  void afterSearch(Turn turn) {
    Loss outcome = session.moving.outcome();
    if (outcome != null && session.left == null && mayOpenFailed) {
      abandon(turn, outcome.reason());
      session.loss = outcome;
      session.phase = Phase.FAILED;
      settle();
    } else if (outcome != null) {
      over(turn, outcome);
    }
  }

  /// An element could not be called.
  void attemptFailed(Turn turn, PoolElementParameter tried, LossSource source, String reason) {
    ElementId id = tried.elementId();
    turn.effect(new SessionEffect.Report(session.handle, id));
    turn.tell(new SessionEvent.AttemptFailed(session.handle, id, source, reason));
    tryNext(turn, id, source, reason);
  }

  void tryNext(Turn turn, ElementId tried, LossSource source, String reason) {
    session.news.dropFresh();
    session.moving.failed(turn, tried, source, reason);
    afterSearch(turn);
  }

  /// @return false if the mode or the phase does not allow it
  boolean failover(Turn turn) {
    if (session.settings.mode() != SessionMode.MANUAL) {
      return false;
    }
    if (session.phase == Phase.UP) {
      lose(turn, LossSource.APPLICATION, "the application asked for another element", false);
    }
    if (session.phase != Phase.FAILED) {
      return false;
    }
    session.phase = Phase.MOVING;
    session.news.failover();
    Link left = session.left;
    Loss why = session.why;
    if (left == null || why == null) {
      seekFirst(turn);
    } else {
      seek(turn, left, why);
    }
    return true;
  }

  private void over(Turn turn, Loss last) {
    session.phase = Phase.OVER;
    session.loss = last;
    abandon(turn, last.reason());
    settle();
  }

  /// Gives up the search, and the link that it has brought so far.
  private void abandon(Turn turn, String reason) {
    session.moving.end(turn, reason);
    Link present = session.link;
    if (present != null && !present.isLost) {
      drop(present);
      turn.effect(new SessionEffect.Abort(present.id, reason));
    }
    session.news.dropFresh();
  }

  /// It is known what became of what was being written.
  void resolved() {
    if (!isSettled) {
      settle();
    }
  }

  /// Decides what becomes of what was not sent, as soon as that is known of the last of it.
  private void settle() {
    isSettled = !session.output.isWriting();
    Loss loss = session.loss;
    if (!isSettled || loss == null) {
      return;
    }
    boolean keeps = session.settings.mode() == SessionMode.AUTOMATIC;
    for (P payload : session.output.settle(keeps)) {
      session.news.add(new SessionNews.Unsent<>(payload, loss));
    }
    switch (session.phase) {
      case FAILED -> {
        boolean hasCookie = session.control.cookie() != null;
        session.news.add(new SessionNews.FailoverNecessary<>(loss, hasCookie));
      }
      case OVER -> {
        session.output.clear();
        session.news.add(new SessionNews.Over<>(loss));
      }
      case MOVING, GREETING, UP, CLOSED -> {
        // The rest waits for the next element.
      }
    }
  }

  void close(Turn turn) {
    if (session.phase == Phase.CLOSED) {
      return;
    }
    boolean writesOn = session.phase == Phase.UP;
    if (session.phase == Phase.MOVING) {
      abandon(turn, "the session was closed");
    }
    session.phase = Phase.CLOSED;
    session.senses.stop();
    session.news.clear();
    if (!writesOn) {
      session.output.clear();
    }
  }

  void closed(SessionEffects out) {
    Link present = session.inUse();
    if (session.phase == Phase.CLOSED && present != null) {
      drop(present);
      session.output.clear();
      out.accept(new SessionEffect.Close(present.id));
    }
  }
}
