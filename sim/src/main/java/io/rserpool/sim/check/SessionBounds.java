package io.rserpool.sim.check;

import io.rserpool.engine.session.SessionSettings;
import io.rserpool.sim.session.SessionPlan;

/// How long sessions may take at most, as closed formulas of the timers.
public final class SessionBounds {

  /// What is asked of the engine of the pool user for each element that is tried: the choice, and a
  /// list if the chosen one was tried.
  private static final int QUESTIONS = 2;

  /// A round trip each: the call, the echo or the greeting with its answers, the request.
  private static final int ROUND_TRIPS = 4;

  /// How long the time is in which calls are counted, in pauses between two rounds.
  static final int WINDOW_DELAYS = 10;

  /// An element is asked for, called, reported, and probed twice.
  private static final int EFFORTS = 5;

  private final Bounds bounds;
  private final SessionPlan plan;

  SessionBounds(Bounds bounds, SessionPlan plan) {
    this.bounds = bounds;
    this.plan = plan;
  }

  /// From the moment when an element says nothing any more until its session knows that: by the senses
  /// that it has of its own, the slowest of them.
  long noticeNs(SessionSettings settings) {
    long beatNs =
        settings.heartbeatInterval().isZero()
            ? 0
            : settings.heartbeatInterval().toNanos() + settings.heartbeatTimeout().toNanos();
    long senseNs = beatNs > 0 ? beatNs : settings.readTimeout().toNanos();
    return settings.sendTimeout().toNanos() + senseNs;
  }

  /// How long a link may be silent: until that is noticed, and what its application may leave unread
  /// meanwhile, by a clock that may run slow.
  long silenceNs(SessionSettings settings) {
    long ns = noticeNs(settings) + plan.unit().toNanos();
    return ns + ns / 1_000;
  }

  /// From a request until its answer, if so many elements are tried in vain at most before one that can
  /// be reached: each of them is chosen, called, and may fall silent once more.
  public long answerNs(SessionSettings settings, int tries) {
    long chooseNs = QUESTIONS * 2 * bounds.roundTripNs();
    long tryNs =
        chooseNs
            + settings.connectTimeout().toNanos()
            + noticeNs(settings)
            + ROUND_TRIPS * bounds.roundTripNs();
    long applicationNs = plan.unit().toNanos();
    long pausesNs = settings.moveSpread().toNanos() + 2 * settings.retryDelay().toNanos();
    return tries * tryNs + pausesNs + applicationNs;
  }

  /// How many questions, calls, reports and probes a session is allowed in a window of time: each round of the pool
  /// is followed by a pause.
  int efforts(int elements) {
    return EFFORTS * (WINDOW_DELAYS + 2) * elements;
  }

  /// Whether what is in peace cannot be taken for dead because of losses that the transport repairs.
  boolean isFast(SessionSettings settings) {
    long leastNs = settings.sendTimeout().toNanos();
    if (!settings.heartbeatInterval().isZero()) {
      leastNs = Math.min(leastNs, settings.heartbeatTimeout().toNanos());
    }
    if (!settings.readTimeout().isZero()) {
      leastNs = Math.min(leastNs, settings.readTimeout().toNanos());
    }
    return bounds.roundTripNs() < leastNs / 2;
  }

  /// How long a session looks for another element before it gives up, by a clock that may run fast.
  long patienceNs(SessionSettings settings) {
    long ns = settings.failoverTimeout().toNanos();
    return ns - ns / 1_000;
  }
}
