package io.rserpool.engine.element;

import io.rserpool.engine.hunt.Backoff;
import io.rserpool.protocol.asap.AsapDeregistration;
import java.util.ArrayList;
import java.util.List;

/// Leaves a pool (RFC 5352 section 3.2): deregisters at the home registrar, or at another one if it
/// does not answer. Sessions are the application's business.
final class Farewell {

  private final Element element;
  private final Backoff t3;
  private final List<ElementRequest.Leave> callers = new ArrayList<>();

  Farewell(Element element) {
    this.element = element;
    ElementSettings settings = element.settings;
    t3 =
        new Backoff(
            settings.t3Deregistration().toNanos(),
            settings.hunt().retranMax().toNanos(),
            settings.hunt().doubling());
  }

  boolean isUnderWay() {
    return !callers.isEmpty();
  }

  /// Begins to leave, or joins the callers who wait for it already.
  void leave(Turn turn, ElementRequest.Leave request) {
    callers.add(request);
    if (callers.size() > 1) {
      return;
    }
    t3.reset();
    long patienceNs = t3.totalNs(element.settings.maxRegAttempt());
    element.timers.set(Timer.FAREWELL, turn.nowNs() + patienceNs);
    send(turn);
  }

  void send(Turn turn) {
    Link home = element.home;
    Membership present = element.membership;
    if (home == null || present == null) {
      return;
    }
    element.timers.set(Timer.T3, turn.nowNs() + t3.currentNs());
    turn.send(home, new AsapDeregistration(present.handle(), present.elementId()));
  }

  void unanswered(Turn turn) {
    Link home = element.home;
    if (home != null) {
      t3.failed();
      element.hunt.lost(turn.nowNs(), home.registrar(), turn.out());
    }
  }

  /// Answers everybody who waits.
  void end(Turn turn, ElementResult result) {
    element.timers.cancel(Timer.T3, Timer.FAREWELL);
    callers.forEach(caller -> turn.reply(caller, result));
    callers.clear();
  }
}
