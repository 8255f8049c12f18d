package io.rserpool.engine.session;

import io.rserpool.engine.session.UserSession.Phase;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.asap.AsapMessage;
import java.util.List;

/// What goes over the present link, and what else tells of its element.
final class Traffic<P extends Payload> {

  private final Standing<P> session;
  private final Departures<P> departures;
  private final Arrivals<P> arrivals;

  Traffic(Standing<P> session, Departures<P> departures, Arrivals<P> arrivals) {
    this.session = session;
    this.departures = departures;
    this.arrivals = arrivals;
  }

  // What comes.

  void received(long nowNs, LinkId id, P payload) {
    Link link = session.heard(id);
    if (link != null) {
      session.control.dataReceived();
      session.news.data(payload, link.element.elementId());
      session.senses.heard(nowNs, true);
    }
  }

  void controlReceived(Turn turn, LinkId id, AsapMessage message) {
    Link link = session.heard(id);
    if (link == null) {
      return;
    }
    ElementId sender = link.element.elementId();
    session.senses.heard(turn.nowNs(), false);
    switch (session.control.received(turn, sender, message)) {
      case NOTHING -> {
        // It is alive.
      }
      case COOKIE -> session.news.notice(NewsQueue.Notice.COOKIE, cookie(sender));
      case CARD -> session.news.notice(NewsQueue.Notice.CARD, new SessionNews.NewCard<>(sender));
      case STRANGER ->
          departures.lose(turn, LossSource.CLOSED, "another element answers in its place", false);
      case REFUSAL ->
          departures.lose(
              turn, LossSource.REFUSED_COOKIE, "the element refuses the session's cookie", false);
    }
  }

  private SessionNews<P> cookie(ElementId sender) {
    var newest = session.control.cookie();
    return new SessionNews.NewCookie<>(sender, newest == null ? 0 : newest.size());
  }

  /// The end of the stream: in order if that was to be expected, else a failure.
  void endReceived(Turn turn, LinkId id) {
    Link link = session.heard(id);
    if (link == null || link.hasEnded) {
      return;
    }
    if (session.settings.endsOrderly() || session.output.isEnded()) {
      link.hasEnded = true;
      session.senses.ended();
      session.news.ended();
    } else {
      departures.lose(turn, LossSource.CLOSED, "the element ended the connection", false);
    }
  }

  // What goes.

  Outgoing<P> next(LinkId id) {
    return session.inUse(id) == null ? new Outgoing.Nothing<>() : session.output.next();
  }

  void writing(LinkId id) {
    if (session.inUse(id) != null) {
      session.output.writing(id);
      if (session.output.next() instanceof Outgoing.Data<P>) {
        session.control.dataGiven();
      }
    }
  }

  void written(Turn turn, LinkId id) {
    boolean isPresent = session.inUse(id) != null;
    if (isPresent || session.output.isWriting()) {
      long heldUpNs = session.output.heldUpNs(turn.nowNs());
      Outgoing<P> done = session.output.written(turn.nowNs(), id);
      if (isPresent) {
        session.senses.written(turn.nowNs(), done, heldUpNs);
      }
    }
    resolved(turn);
  }

  void unwritten(Turn turn, LinkId id) {
    session.output.unwritten(id);
    if (session.inUse(id) != null) {
      departures.lose(turn, LossSource.RESET, "it was not taken as a whole", false);
    }
    resolved(turn);
  }

  private void resolved(Turn turn) {
    departures.resolved();
    arrivals.resolved(turn);
    leaveIfDrained(turn);
  }

  private void leaveIfDrained(Turn turn) {
    if (session.phase == Phase.UP && session.senses.isLeaving() && session.output.isIdle()) {
      departures.lose(
          turn, LossSource.FAIL_BACK, "the preferred element is back in the pool", false);
    }
  }

  // What is told of the pool, and the time.

  void poolSeen(Turn turn, List<PoolElementParameter> elements, boolean isWhole) {
    if (session.phase == Phase.CLOSED) {
      return;
    }
    if (session.senses.sight.update(elements, isWhole)) {
      session.news.notice(NewsQueue.Notice.POOL, new SessionNews.PoolChanged<>(elements));
    }
    session.senses.poolChanged(turn);
  }

  void probed(Turn turn, long question, ProbeResult result) {
    if (session.senses.removal.isGone(turn, question, result)) {
      departures.lose(
          turn, LossSource.REMOVED, "the registrar has taken the element out of the pool", false);
    }
  }

  void tick(Turn turn) {
    switch (session.phase) {
      case MOVING -> {
        session.moving.tick(turn);
        departures.afterSearch(turn);
      }
      case GREETING, UP -> {
        Loss lost = session.senses.tick(turn);
        if (lost != null) {
          departures.lose(turn, lost.source(), lost.reason(), false);
        } else {
          leaveIfDrained(turn);
        }
      }
      case FAILED, OVER, CLOSED -> {
        // Nothing falls due.
      }
    }
  }
}
