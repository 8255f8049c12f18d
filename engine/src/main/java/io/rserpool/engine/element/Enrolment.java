package io.rserpool.engine.element;

import io.rserpool.engine.hunt.Backoff;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Registers, renews and updates (RFC 5352 section 3.1). One registration is under way at a time; what
/// changes meanwhile is sent after its answer, and always the latest values.
final class Enrolment {

  private static final long FIRST_PATIENCE_NS = 5_000_000_000L;

  /// What an answer has done.
  enum Outcome {
    ACCEPTED,
    REFUSED,
    /// Refused for good: the element is in no pool.
    REJECTED,
    IGNORED
  }

  private final Element element;
  private final Backoff t2;
  private final long updateGapNs;
  private ElementRequest.@Nullable Register caller;
  private long callerSinceNs;

  /// Whether a registrar has ever answered.
  private boolean hasHeard;

  private @Nullable Policy sentPolicy;
  private boolean isUnderWay;
  private boolean isChanged;
  private boolean wasSent;
  private long sentNs;
  private int refusals;
  private int identifiersTaken;

  Enrolment(Element element) {
    this.element = element;
    ElementSettings settings = element.settings;
    t2 =
        new Backoff(
            settings.t2Registration().toNanos(),
            settings.hunt().retranMax().toNanos(),
            settings.hunt().doubling());
    updateGapNs = settings.updateGap().toNanos();
  }

  /// Joins a pool; the caller is answered when a registrar has decided, or after the time of
  /// MAX-REG-ATTEMPT attempts.
  void join(Turn turn, ElementRequest.Register request) {
    boolean isRandom = request.elementId().isNone();
    ElementId id = isRandom ? randomId() : request.elementId();
    element.membership =
        new Membership(
            request.handle(),
            id,
            isRandom,
            request.userTransport(),
            request.policy(),
            request.asapTransport());
    caller = request;
    callerSinceNs = turn.nowNs();
    wasSent = false;
    identifiersTaken = 0;
    refusals = 0;
    t2.reset();
    element.timers.set(Timer.CALLER, turn.nowNs() + patienceNs());
    element.seekHome(turn);
    send(turn);
  }

  /// Takes new policy values.
  void update(Turn turn, Membership present, Policy policy) {
    element.membership = present.withPolicy(policy);
    if (!policy.equals(sentPolicy)) {
      renew(turn);
    }
  }

  /// Registers again as soon as the update gap and a registration under way allow.
  void renew(Turn turn) {
    if (element.home == null || element.timers.isSet(Timer.RETRY)) {
      return;
    }
    if (isUnderWay) {
      isChanged = true;
    } else if (turn.nowNs() - sentNs >= updateGapNs || !wasSent) {
      send(turn);
    } else {
      element.timers.set(Timer.UPDATE, sentNs + updateGapNs);
    }
  }

  /// Registers over the new home association, whatever was under way at the old one.
  void homeFound(Turn turn) {
    isUnderWay = false;
    send(turn);
  }

  void homeLost() {
    isUnderWay = false;
    element.isIn = false;
    element.timers.cancel(Timer.T2, Timer.T4, Timer.UPDATE, Timer.RETRY);
  }

  /// Whether some registrar may know the element.
  boolean wasSent() {
    return wasSent;
  }

  boolean isUnderWay() {
    return isUnderWay;
  }

  /// Ends all of it; a caller who still waits gets `result`.
  void stop(Turn turn, ElementResult result) {
    isUnderWay = false;
    isChanged = false;
    element.isIn = false;
    sentPolicy = null;
    element.timers.cancel(
        Timer.T2, Timer.T4, Timer.UPDATE, Timer.RETRY, Timer.CALLER, Timer.SILENCE);
    answerCaller(turn, result);
  }

  void send(Turn turn) {
    Link home = element.home;
    Membership present = element.membership;
    if (home == null || present == null || isUnderWay) {
      return;
    }
    isUnderWay = true;
    isChanged = false;
    wasSent = true;
    sentPolicy = present.policy();
    sentNs = turn.nowNs();
    element.timers.cancel(Timer.T4, Timer.UPDATE, Timer.RETRY);
    element.timers.set(Timer.T2, turn.nowNs() + t2.currentNs());
    turn.send(home, present.registration(home, element.settings.lifeOnTheWire()));
  }

  /// T2 has expired: another registrar is sought, while a late answer is still welcome.
  void unanswered(Turn turn) {
    Link home = element.home;
    if (home == null) {
      return;
    }
    t2.failed();
    element.isIn = false;
    element.hunt.lost(turn.nowNs(), home.registrar(), turn.out());
  }

  /// The caller has waited long enough; the element goes on trying. As long as no registrar has ever
  /// answered and one is being called or asked, the caller waits a little longer, once: a program that
  /// has just begun does everything for the first time, and is slow on a busy machine.
  void callerGivesUp(Turn turn) {
    long lastNs = callerSinceNs + Math.max(FIRST_PATIENCE_NS, 2 * patienceNs());
    if (!hasHeard && (element.home != null || element.hunt.isCalling()) && turn.nowNs() < lastNs) {
      long laterNs = turn.nowNs() + element.settings.t2Registration().toNanos();
      element.timers.set(Timer.CALLER, Math.min(lastNs, laterNs));
      return;
    }
    answerCaller(
        turn,
        new ElementResult.Unavailable(
            "no registrar answered %d registration attempts; %d are known, %s"
                .formatted(
                    element.settings.maxRegAttempt(),
                    element.hunt.candidates(turn.nowNs()),
                    element.home == null ? "none can be called" : "one is called and silent")));
  }

  Outcome response(Turn turn, Link link, AsapRegistrationResponse response) {
    Membership present = element.membership;
    if (present == null || !link.equals(element.home) || !isUnderWay) {
      return Outcome.IGNORED;
    }
    if (!present.is(response.handle(), response.elementId())) {
      element.misbehaved(
          turn,
          "it answers the registration of pool %s element %s"
              .formatted(response.handle(), response.elementId()));
      return Outcome.IGNORED;
    }
    hasHeard = true;
    return response.rejected()
        ? refused(turn, present, response.causes())
        : accepted(turn, link, present, response.causes());
  }

  private Outcome accepted(Turn turn, Link home, Membership present, List<ErrorCause> warnings) {
    isUnderWay = false;
    refusals = 0;
    identifiersTaken = 0;
    t2.reset();
    element.timers.cancel(Timer.T2);
    element.timers.set(Timer.T4, turn.nowNs() + t4Ns());
    element.hunt.proven();
    element.hunt.cancel(turn.out());
    if (!element.isIn) {
      turn.emit(
          new ElementEvent.Registered(present.handle(), present.elementId(), home.registrar()));
    }
    element.isIn = true;
    answerCaller(turn, new ElementResult.Registered(present.elementId(), element.homeId, warnings));
    if (isChanged) {
      isChanged = false;
      renew(turn);
    }
    return Outcome.ACCEPTED;
  }

  /// A refusal is never repeated unchanged (RFC 5352 section 3.1), but for causes that another
  /// registrar or another moment may not have.
  Outcome refused(Turn turn, Membership present, List<ErrorCause> causes) {
    isUnderWay = false;
    element.timers.cancel(Timer.T2);
    if (present.isIdRandom() && Refusal.isIdentifierTaken(causes)) {
      element.membership = present.withElementId(randomId());
      element.isIn = false;
      identifiersTaken++;
      if (identifiersTaken == 1) {
        send(turn);
      } else {
        later(turn);
      }
      return Outcome.REFUSED;
    }
    if (Refusal.dependsOnTheRegistrar(causes)) {
      refusedHere(turn);
      return Outcome.REFUSED;
    }
    turn.emit(new ElementEvent.Rejected(present.handle(), present.elementId(), causes));
    stop(turn, new ElementResult.Rejected(causes));
    return Outcome.REJECTED;
  }

  /// This registrar cannot take the element now: another one is asked, and this one later.
  void refusedHere(Turn turn) {
    Link home = element.home;
    isUnderWay = false;
    element.timers.cancel(Timer.T2);
    later(turn);
    refusals++;
    if (home != null && refusals < element.hunt.candidates(turn.nowNs())) {
      element.hunt.elsewhere(turn.nowNs(), home.registrar(), turn.out());
    }
  }

  void retry(Turn turn) {
    if (refusals >= element.hunt.candidates(turn.nowNs())) {
      refusals = 0;
    }
    send(turn);
  }

  private void later(Turn turn) {
    element.timers.set(Timer.RETRY, turn.nowNs() + t2.currentNs());
    t2.failed();
  }

  private void answerCaller(Turn turn, ElementResult result) {
    element.timers.cancel(Timer.CALLER);
    ElementRequest.Register waiting = caller;
    if (waiting != null) {
      caller = null;
      turn.reply(waiting, result);
    }
  }

  private long patienceNs() {
    return t2.totalNs(element.settings.maxRegAttempt());
  }

  private long t4Ns() {
    long t4Ns = element.settings.t4Reregistration().toNanos();
    long spreadNs = t4Ns / 100 * element.settings.t4JitterPercent();
    return t4Ns - (spreadNs == 0 ? 0 : element.jitter.nextLong(spreadNs + 1));
  }

  private ElementId randomId() {
    int id = 0;
    while (id == 0) {
      id = element.identifiers.nextInt();
    }
    return ElementId.of(id);
  }
}
