package io.rserpool.engine.registrar;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ServerId;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Asks the own elements whether they live: a keep-alive each interval, probes after a miss, and
/// the
/// verdict of [Verdicts] after the last one (RFC 5352 section 3.5).
final class ElementMonitor {

  private static final long NS_PER_S = 1_000_000_000;

  /// Keep-alive and answer.
  private static final long MESSAGES_PER_QUESTION = 2;

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final Membership membership;
  private final ServerId id;
  private final MassLossBrake brake;
  private final Verdicts verdicts;
  private final Deaths deaths;
  private final RandomGenerator random;
  private final Liveness.Pace pace;
  private final long leastIntervalNs;
  private final double jitter;
  private final long budget;
  private final long spreadNs;
  private long announcedIntervalNs;
  private final boolean resetsReports;
  private long tickLateNs;

  ElementMonitor(
      Turn turn,
      DeadlineQueue<Due> deadlines,
      Membership membership,
      ServerId id,
      RegistrarSettings settings,
      MassLossBrake brake,
      Verdicts verdicts,
      Deaths deaths,
      RandomGenerator random) {
    this.turn = turn;
    this.deadlines = deadlines;
    this.membership = membership;
    this.id = id;
    this.brake = brake;
    this.verdicts = verdicts;
    this.deaths = deaths;
    this.random = random;
    this.pace = Liveness.Pace.of(settings);
    this.leastIntervalNs = settings.ns(RegistrarSetting.KEEP_ALIVE_INTERVAL);
    this.jitter = settings.share(RegistrarSetting.KEEP_ALIVE_JITTER);
    this.budget = settings.count(RegistrarSetting.MONITORING_BUDGET);
    this.spreadNs = settings.ns(RegistrarSetting.LATENESS_SPREAD);
    this.resetsReports = settings.isOn(RegistrarSetting.REPORTS_RESET_BY_ANSWER);
    this.announcedIntervalNs = leastIntervalNs;
  }

  /// The life of an element that registers now; its first question comes at a random phase.
  Liveness newLiveness() {
    long phaseNs = (long) (random.nextDouble() * intervalNs());
    return new Liveness(pace, turn.nowNs(), turn.nowNs() + phaseNs);
  }

  /// The keep-alive interval that the budget allows with the present number of own elements.
  long intervalNs() {
    long own = membership.handlespace().ownedCount(id);
    return Math.max(leastIntervalNs, MESSAGES_PER_QUESTION * own * NS_PER_S / budget);
  }

  /// How long an own element that lives is silent at most: from one answer to the next, or to the
  /// verdict.
  long longestSilenceNs(Liveness liveness) {
    return (long) (intervalNs() * (1 + jitter)) + liveness.verdictNs(turn.nowNs());
  }

  /// Begins or goes on to watch an own element.
  void watch(Registration registration) {
    registration.standing(Registration.Standing.MONITORED);
    Liveness liveness = registration.liveness();
    if (liveness.dueNs() < turn.nowNs()) {
      liveness.nextAsk(turn.nowNs() + (long) (random.nextDouble() * intervalNs()));
    }
    schedule(registration);
    tellInterval();
  }

  /// Does not watch any more.
  void release(Registration registration) {
    DeadlineQueue.Deadline<Due> deadline = registration.deadline();
    if (deadline != null) {
      deadlines.cancel(deadline);
    }
    brake.forget(registration);
  }

  /// Asks out of turn, if that is allowed now or a question is open anyway.
  ///
  /// @return whether an answer can be waited for
  boolean askNow(Registration registration) {
    if (registration.standing() != Registration.Standing.MONITORED) {
      return false;
    }
    if (registration.liveness().isAsking()) {
      return true;
    }
    if (!registration.mayAskExtra(turn.nowNs(), intervalNs())) {
      return false;
    }
    registration.liveness().ask(turn.nowNs());
    send(registration);
    schedule(registration);
    return true;
  }

  /// The element showed life over its own association.
  void alive(Registration registration, boolean isAnswer) {
    Liveness liveness = registration.liveness();
    boolean wasAsking = liveness.isAsking();
    boolean wasMissing = liveness.isMissing();
    long askedAtNs = liveness.askedAtNs();
    if (isAnswer) {
      liveness.answered(turn.nowNs());
    } else {
      liveness.heard(turn.nowNs());
    }
    if (resetsReports) {
      liveness.forgetReports();
    }
    if (wasMissing) {
      brake.update(registration);
      tellBrake();
    }
    if (wasAsking && registration.standing() == Registration.Standing.MONITORED) {
      scheduleNext(registration, askedAtNs);
    }
  }

  /// Before the due deadlines of a tick that is late: open questions begin again, and overdue ones
  /// are spread.
  void lateTickBegins(long lateNs) {
    tickLateNs = lateNs;
    for (Registration registration : brake.allMissing()) {
      if (registration.standing() == Registration.Standing.MONITORED) {
        askAgain(registration);
      }
    }
  }

  void lateTickEnds() {
    tickLateNs = 0;
  }

  private void due(Registration registration) {
    Liveness liveness = registration.liveness();
    if (tickLateNs > 0 && liveness.isAsking()) {
      askAgain(registration);
      return;
    }
    if (tickLateNs > 0 && liveness.mayPostpone()) {
      liveness.excuse(tickLateNs);
      liveness.postpone(turn.nowNs() + (long) (random.nextDouble() * spreadNs));
      schedule(registration);
      return;
    }
    switch (liveness.step(turn.nowNs())) {
      case WAIT -> schedule(registration);
      case ASK -> {
        send(registration);
        schedule(registration);
      }
      case PROBE -> {
        send(registration);
        brake.update(registration);
        schedule(registration);
      }
      case SILENT -> silent(registration);
    }
  }

  private void silent(Registration registration) {
    tellBrake();
    switch (verdicts.on(DeathSource.KEEP_ALIVE, registration, turn.nowNs())) {
      case REMOVE -> {
        deaths.dead(registration, DeathSource.KEEP_ALIVE, "no answer to keep-alives");
        tellBrake();
      }
      case WAIT -> {
        long untilNs = verdicts.waitUntilNs(registration, turn.nowNs());
        registration.liveness().holdBack(turn.nowNs(), untilNs, brake.gapNs());
        schedule(registration);
      }
      case KEEP -> {
        registration.liveness().heard(turn.nowNs());
        scheduleNext(registration, turn.nowNs());
      }
    }
  }

  private void askAgain(Registration registration) {
    registration.liveness().excuse(tickLateNs);
    registration.liveness().ask(turn.nowNs());
    brake.update(registration);
    send(registration);
    schedule(registration);
  }

  private void scheduleNext(Registration registration, long askedAtNs) {
    double factor = 1 + jitter * (2 * random.nextDouble() - 1);
    long nextNs = askedAtNs + (long) (intervalNs() * factor);
    registration.liveness().nextAsk(Math.max(nextNs, turn.nowNs()));
    schedule(registration);
  }

  private void schedule(Registration registration) {
    DeadlineQueue.Deadline<Due> deadline =
        registration.deadline(deadlines, () -> due(registration));
    long dueNs = registration.liveness().dueNs();
    if (deadline.atNs() != dueNs) {
      deadlines.set(deadline, dueNs);
    }
  }

  private void send(Registration registration) {
    Association association = registration.association();
    if (association != null) {
      turn.send(association.id(), registration.keepAlive());
    }
  }

  private void tellBrake() {
    int own = membership.handlespace().ownedCount(id);
    if (brake.turns(own)) {
      turn.emit(new RegistrarEvent.BrakeChanged(brake.isOn(), brake.missing(), own));
    }
  }

  /// Tells when the budget moves the interval by a tenth or more.
  private void tellInterval() {
    long interval = intervalNs();
    long difference = Math.abs(interval - announcedIntervalNs);
    boolean backToNormal = interval == leastIntervalNs && difference > 0;
    if (difference * 10 < announcedIntervalNs && !backToNormal) {
      return;
    }
    announcedIntervalNs = interval;
    long verdict = pace.verdictNs(pace.gapMinNs());
    turn.emit(
        new RegistrarEvent.IntervalChanged(
            membership.handlespace().ownedCount(id),
            Duration.ofNanos(interval),
            Duration.ofNanos(interval / 2 + verdict),
            Duration.ofNanos((long) (interval * (1 + jitter)) + verdict)));
  }
}
