package io.rserpool.engine.registrar;

import io.rserpool.engine.LossReason;
import java.util.ArrayDeque;
import java.util.Deque;

/// One association of a [PeerScope], or an attempt at one.
final class PeerScopeLine {

  private final PeerScope scope;
  private final PeerScope.Node caller;
  private final PeerScope.Node called;
  private final boolean enrp;
  private final Deque<Runnable> held = new ArrayDeque<>();
  private boolean callerUp = true;
  private boolean calledUp;

  PeerScopeLine(PeerScope scope, PeerScope.Node caller, PeerScope.Node called, boolean enrp) {
    this.scope = scope;
    this.caller = caller;
    this.called = called;
    this.enrp = enrp;
  }

  boolean isEnrp() {
    return enrp;
  }

  PeerScope.Node other(PeerScope.Node one) {
    return one.equals(caller) ? called : caller;
  }

  void open() {
    carry(() -> {
      if (called.isDead()) {
        fail(LossReason.REFUSED);
      } else if (callerUp) {
        calledUp = true;
        called.up(this, true);
        carry(() -> {
          if (callerUp) {
            caller.up(this, false);
          }
        });
      }
    });
  }

  void fail(LossReason reason) {
    if (callerUp) {
      callerUp = false;
      caller.down(this, reason);
    }
  }

  void send(PeerScope.Node from, Object message) {
    if (!isUp(from)) {
      return;
    }
    scope.countMessage();
    PeerScope.Node to = other(from);
    carry(() -> {
      if (isUp(to)) {
        to.received(this, message);
      }
    });
  }

  /// One side ends it; the other one learns so.
  void end(PeerScope.Node by, LossReason reason) {
    if (!isUp(by)) {
      return;
    }
    setDown(by);
    PeerScope.Node to = other(by);
    carry(() -> {
      if (isUp(to)) {
        setDown(to);
        to.down(this, reason);
      }
    });
  }

  /// The link has healed.
  void release() {
    while (!held.isEmpty()) {
      scope.after(PeerScope.DELAY_NS, held.removeFirst());
    }
  }

  private void carry(Runnable arrival) {
    if (scope.isCut(caller, called)) {
      held.addLast(arrival);
    } else {
      scope.after(PeerScope.DELAY_NS, arrival);
    }
  }

  private boolean isUp(PeerScope.Node node) {
    return node.equals(caller) ? callerUp : calledUp;
  }

  private void setDown(PeerScope.Node node) {
    if (node.equals(caller)) {
      callerUp = false;
    } else {
      calledUp = false;
    }
  }
}
