package io.rserpool.sim.check;

import io.rserpool.engine.element.ElementSettings;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.engine.user.UserSettings;
import io.rserpool.sim.session.SessionPlan;
import java.time.Duration;

/// How long things may take at most, as closed formulas of the timers.
///
/// Every formula adds up worst cases, in the order in which they can follow each other. Times of a
/// transport that repairs losses are in [Way].
public final class Bounds {

  /// How a message travels at worst when nothing disturbs it.
  ///
  /// @param oneWayNs with the retransmissions that are granted
  /// @param userTimeoutNs after which a transport gives an association up
  /// @param connectTimeoutNs after which a call has failed
  public record Way(long oneWayNs, long userTimeoutNs, long connectTimeoutNs) {}

  /// A round trip is measured as four deviations above its mean.
  private static final int ROUND_TRIPS_PER_GAP = 6;

  /// An element's watch waits for 2.5 times the longest of the last gaps between keep-alives.
  private static final double SILENCE_GAPS = 2.5;

  /// A table is fetched again only after so many cycles when the first transfer was in vain.
  private static final int AUDIT_CYCLES = 10;

  /// A call after the loss of an association has this part of a verdict's time at least.
  private static final int CALL_SHARE = 4;

  private static final double HUNT_JITTER_MAX = 1.5;

  private final RegistrarSettings registrar;
  private final ElementSettings element;
  private final UserSettings user;
  private final SessionPlan plan;
  private final Way way;
  private final int registrars;
  private final int pools;
  private final double keepAliveJitter;
  private final double heartbeatJitter;

  /// The bounds of a scope without sessions.
  public Bounds(
      RegistrarSettings registrar,
      ElementSettings element,
      UserSettings user,
      Way way,
      int registrars,
      int pools) {
    this(registrar, element, user, SessionPlan.NONE, way, registrars, pools);
  }

  /// The bounds of a scope.
  public Bounds(
      RegistrarSettings registrar,
      ElementSettings element,
      UserSettings user,
      SessionPlan plan,
      Way way,
      int registrars,
      int pools) {
    this.plan = plan;
    this.registrar = registrar;
    this.element = element;
    this.user = user;
    this.way = way;
    this.registrars = registrars;
    this.pools = pools;
    this.heartbeatJitter =
        switch (registrar.profile()) {
          case STANDARD -> 0.1;
          case RFC -> 0.133;
          case RSPLIB -> 0.222;
        };
    this.keepAliveJitter =
        switch (registrar.profile()) {
          case STANDARD -> 0.05;
          case RFC -> 0.5;
          case RSPLIB -> 0;
        };
  }

  RegistrarSettings registrar() {
    return registrar;
  }

  ElementSettings element() {
    return element;
  }

  UserSettings user() {
    return user;
  }

  int pools() {
    return pools;
  }

  double keepAliveJitter() {
    return keepAliveJitter;
  }

  double heartbeatJitter() {
    return heartbeatJitter;
  }

  /// How long sessions may take.
  public SessionBounds sessions() {
    return new SessionBounds(this, plan);
  }

  /// From the end of all that disturbs a user until it has a registrar again that answers at once: its
  /// transport notices, a request is repeated in vain, it hunts.
  long userRecoveryNs() {
    return way.userTimeoutNs() + way.connectTimeoutNs() + userRequestNs();
  }

  /// How old a cookie may be that is accepted.
  public long cookieAgeMs() {
    return plan.cookieAge().toMillis();
  }

  /// There and back.
  public long roundTripNs() {
    return 2 * way.oneWayNs();
  }

  /// From a keep-alive that is not answered to the verdict: all probes, the last wait, and what the
  /// brake on mass losses, the damping of flappers and a doubtful tick may add.
  public long verdictNs() {
    long slowGapNs = ROUND_TRIPS_PER_GAP * roundTripNs();
    long gapNs =
        Math.clamp(
            slowGapNs,
            ns(RegistrarSetting.KEEP_ALIVE_GAP_MIN),
            ns(RegistrarSetting.KEEP_ALIVE_GAP_MAX));
    int probes = registrar.count(RegistrarSetting.KEEP_ALIVE_PROBES);
    long finalNs = ns(RegistrarSetting.KEEP_ALIVE_FINAL_WAIT);
    long burstNs = probes * gapNs + Math.max(finalNs, gapNs);
    long dampedNs = Math.max(burstNs, ns(RegistrarSetting.DAMPING_VERDICT_MAX));
    return Math.max(dampedNs, ns(RegistrarSetting.BRAKE_VERDICT)) + gapNs;
  }

  /// From the death of a settled element, however it dies, until no registrar knows it any more:
  /// the keep-alive interval with its jitter, the verdict, a call if the association was lost just
  /// before, and the news to the peers.
  public long detectionNs() {
    long intervalNs = (long) (ns(RegistrarSetting.KEEP_ALIVE_INTERVAL) * (1 + keepAliveJitter));
    long callNs = ns(RegistrarSetting.CALL_TIME);
    long lossNs = verifiesLoss() ? verdictNs() / CALL_SHARE : 0;
    return intervalNs + Math.max(verdictNs() + lossNs, callNs) + pushGapNs() + 2 * roundTripNs();
  }

  /// From the silence of a registrar until one of the others has declared to own its elements: not
  /// heard, not answered, and the acknowledgements or their expiry; two more expiries, since the
  /// winner of the arbitration may be another one.
  public long takeoverNs() {
    return lastHeardNs()
        + ns(RegistrarSetting.MAX_TIME_NO_RESPONSE)
        + 2 * expiryNs()
        + 3 * roundTripNs();
  }

  /// From the death of a registrar until each of its elements that can be called has a living owner:
  /// the takeover, the call, and the registration.
  public long adoptionNs() {
    return takeoverNs() + ns(RegistrarSetting.CALL_TIME) + 4 * roundTripNs();
  }

  /// From a confirmed deregistration until no registrar names the element any more.
  public long propagationNs() {
    return roundTripNs();
  }

  /// From a change at a registrar until a subscribed user has heard of it; polls where nobody pushes.
  public long pushNs() {
    long refreshNs = user.subscriptionRefresh().toNanos();
    long pollNs =
        Math.max(
            user.resolutionRetryDelay().toNanos(),
            Math.max(refreshNs, user.staleCacheValue().toNanos()));
    return (user.subscribe() ? pushGapNs() : pollNs) + 2 * roundTripNs();
  }

  /// How long somebody must have been in peace before his loss counts: what began before a fault
  /// ended (a verdict, a call, a time of grace, a transport that gives up) must be over.
  public long aftermathNs() {
    return way.userTimeoutNs()
        + detectionNs()
        + ns(RegistrarSetting.ADOPTION_GRACE)
        + ns(RegistrarSetting.SELF_DOUBT_TIME)
        + takeoverNs();
  }

  /// Whether an element is called before it counts as dead since its association is lost.
  public boolean verifiesLoss() {
    return registrar.isOn(RegistrarSetting.VERIFY_LOSS);
  }

  /// Whether registrars that nothing disturbs reach each other within the takeover expiry, whatever
  /// the transport has to repair; only then a target has one winner.
  public boolean reachInTime() {
    return roundTripNs() <= ns(RegistrarSetting.TAKEOVER_EXPIRY);
  }

  /// How long arbitrating registrars may overlap.
  public long arbitrationNs() {
    return ns(RegistrarSetting.MAX_TIME_NO_RESPONSE) + expiryNs() + roundTripNs();
  }

  /// From the end of all faults until everything is as if there had been none. The parts can follow
  /// one another: transports notice (a), registrars start or return (b), find each other again (c),
  /// judge and take over those that stay dead, twice if the winner dies (d), compare their tables
  /// (e); elements notice a silent home (f), give up on the present registrar (g), hunt (h), register
  /// (i), and dead ones are found (j); users notice last (k).
  public long settleNs() {
    long a = way.userTimeoutNs() + way.connectTimeoutNs();
    long b = registrars > 1 ? ns(RegistrarSetting.START_TIME) : ns(RegistrarSetting.WARM_UP);
    long c = registrars > 1 ? ns(RegistrarSetting.PEER_CALL_GAP_MAX) : 0;
    long d = registrars > 1 ? 2 * takeoverNs() : 0;
    long e = registrars > 1 ? auditNs() : 0;
    long f = homeSilenceNs();
    long g = element.t2Registration().toNanos();
    long h = (long) (HUNT_JITTER_MAX * element.hunt().retranMax().toNanos());
    long i = element.hunt().retranMax().toNanos() + 2 * roundTripNs();
    long j = aftermathNs();
    long k = user.subscriptionRefresh().toNanos() + userRequestNs() + pushNs();
    return a + b + c + d + e + f + g + h + i + j + k;
  }

  /// When an element notices by itself that its home is silent: its watch, after a gap that a fault
  /// has stretched; or the renewal of its registration, whatever comes first.
  public long homeSilenceNs() {
    long gapNs =
        (long) (ns(RegistrarSetting.KEEP_ALIVE_INTERVAL) * (1 + keepAliveJitter))
            + verdictNs()
            + way.userTimeoutNs();
    long watchNs =
        Math.max(
            Math.max(element.homeSilenceMin().toNanos(), element.homeSilenceUnknown().toNanos()),
            (long) (SILENCE_GAPS * gapNs));
    return Math.min(watchNs, element.t4Reregistration().toNanos())
        + Math.min(gapNs, element.t4Reregistration().toNanos());
  }

  /// One transfer in vain, and one after the pause that follows it.
  private long auditNs() {
    return (AUDIT_CYCLES + 2) * ns(RegistrarSetting.PEER_HEARTBEAT_CYCLE)
        + 2 * ns(RegistrarSetting.TABLE_REQUEST_TIME);
  }

  private long lastHeardNs() {
    return ns(RegistrarSetting.MAX_TIME_LAST_HEARD);
  }

  private long expiryNs() {
    int trips = registrar.count(RegistrarSetting.TAKEOVER_EXPIRY_ROUND_TRIPS);
    return Math.max(ns(RegistrarSetting.TAKEOVER_EXPIRY), trips * roundTripNs());
  }

  private long userRequestNs() {
    return user.t1EnrpRequest().toNanos() * (user.maxRequestRetransmit() + 1L)
        + (long) (HUNT_JITTER_MAX * user.hunt().retranMax().toNanos());
  }

  private long pushGapNs() {
    return ns(RegistrarSetting.PUSH_GAP);
  }

  private long ns(RegistrarSetting setting) {
    return registrar.duration(setting).toNanos();
  }

  /// The bounds for people.
  @Override
  public String toString() {
    return "detection %s, takeover %s, adoption %s, push %s, settling %s"
            .formatted(
                seconds(detectionNs()),
                seconds(takeoverNs()),
                seconds(adoptionNs()),
                seconds(pushNs()),
                seconds(settleNs()))
        + (plan.isAny() ? ", cookies " + plan.cookieAge() : "");
  }

  private static String seconds(long ns) {
    return Duration.ofNanos(ns).toMillis() / 1_000.0 + " s";
  }
}
