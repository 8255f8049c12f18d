package io.rserpool.engine.session;

import io.rserpool.engine.session.UserSession.Phase;
import io.rserpool.protocol.PoolElementParameter;

/// How a session comes to elements: a call is answered, the greeter says what it has to say, and then
/// the link is everybody's.
final class Arrivals<P extends Payload> {

  private final Standing<P> session;
  private final Departures<P> departures;

  Arrivals(Standing<P> session, Departures<P> departures) {
    this.session = session;
    this.departures = departures;
  }

  /// Takes a new link, once it is known what was handed to the old one: that one is broken, so it
  /// cannot take long.
  void linkUp(Turn turn, LinkId id, boolean hasControl) {
    PoolElementParameter called = session.moving.answered(id);
    if (called == null) {
      return;
    }
    Link newest = new Link(id, called, hasControl, turn.nowNs());
    session.link = newest;
    session.news.begin(id);
    newest.isHeld = session.output.isWriting();
    if (!newest.isHeld) {
      start(turn, newest);
    }
  }

  void linkDown(Turn turn, LinkId id, LossSource source, String reason) {
    PoolElementParameter called = session.moving.answered(id);
    if (called != null) {
      departures.attemptFailed(turn, called, source, reason);
    } else if (session.alive(id) != null) {
      departures.lose(turn, source, reason, true);
    }
  }

  /// It is known what became of what was being written to the old link.
  void resolved(Turn turn) {
    Link newest = session.link;
    if (newest != null && newest.isHeld && !session.output.isWriting()) {
      newest.isHeld = false;
      start(turn, newest);
    }
  }

  private void start(Turn turn, Link newest) {
    session.element = newest.element;
    session.loss = null;
    session.output.begin(turn.nowNs(), session.control.opening(newest.hasControl));
    session.senses.begin(turn.nowNs(), newest);
    Link left = session.left;
    Loss why = session.why;
    if (left == null || why == null) {
      up(turn);
      return;
    }
    SessionMove move =
        new SessionMove(
            left.element,
            newest.element,
            why,
            turn.nowNs(),
            session.moving.attempts(),
            session.control.isEchoed());
    session.move = move;
    session.phase = Phase.GREETING;
    turn.effect(new SessionEffect.Greet(move));
  }

  void greeted(Turn turn, boolean isGood) {
    if (session.phase == Phase.GREETING && !isGood) {
      departures.lose(
          turn, LossSource.APPLICATION, "the application gave the new element up", false);
    }
    Link greeting = session.link;
    Loss loss = session.loss;
    if (session.phase != Phase.GREETING || greeting == null) {
      return;
    }
    if (!greeting.isLost) {
      up(turn);
    } else if (loss != null) {
      session.phase = Phase.MOVING;
      departures.tryNext(turn, greeting.element.elementId(), loss.source(), loss.reason());
    }
  }

  private void up(Turn turn) {
    session.phase = Phase.UP;
    long chosenAt = session.moving.chosenAt();
    session.moving.end(turn, "");
    SessionMove move = session.move;
    if (move != null) {
      session.move = null;
      session.lastMove = move;
      session.news.moved(move);
      turn.tell(new SessionEvent.Moved(session.handle, move));
    }
    session.news.open();
    session.output.open(turn.nowNs());
    session.senses.open(turn, chosenAt);
  }
}
