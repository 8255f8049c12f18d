package io.rserpool.engine.element;

import io.rserpool.engine.Engine;

/// Tells this node's own lateness from a silent home: after a pause of this process the home gets
/// as
/// much more time, and after a long one the element, which may be out of its pool, registers again.
final class SelfDoubt {

  /// The registrations of many elements of one process are spread over this time.
  private static final long SPREAD_NS = 250_000_000;

  private final Element element;
  private final long latenessNs;
  private final long selfDoubtNs;

  SelfDoubt(Element element) {
    this.element = element;
    latenessNs = element.settings.lateness().toNanos();
    selfDoubtNs = element.settings.selfDoubt().toNanos();
  }

  /// The tick came `lateNs` after the earliest deadline.
  void late(long nowNs, long lateNs, boolean isRegistering) {
    if (lateNs <= latenessNs) {
      return;
    }
    Timers timers = element.timers;
    long silenceNs = timers.atNs(Timer.SILENCE);
    if (silenceNs != Engine.NEVER) {
      timers.set(Timer.SILENCE, Math.max(silenceNs, nowNs) + lateNs);
    }
    if (lateNs >= selfDoubtNs && element.isIn && !isRegistering && !timers.isSet(Timer.UPDATE)) {
      timers.set(Timer.UPDATE, nowNs + element.jitter.nextLong(SPREAD_NS));
    }
  }
}
