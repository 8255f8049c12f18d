package io.rserpool.engine.registrar;

/// The one place that decides whether an element is dead. Four sources speak to it, here from the
/// strongest to the weakest; when two speak at once, the stronger one is named as the reason.
///
/// | source | what it says | overruled by |
/// |---|---|---|
/// | lifetime | the element did not renew its word in time (RFC 5352 section 3.1) | only by a new registration: an element that answers keep-alives but does not renew is removed |
/// | transport | its association is lost, and its own machine says that nobody listens, or nobody answered a call | a registration |
/// | keep-alive | it was asked once and probed several times, and never answered (section 3.5) | any sign of life; the brake, which gives it more time while a large part of all elements is silent |
/// | reports | so many users could not reach it (section 3.5) | any sign of life that is younger than the last report; reports alone never remove an element of another home |
///
/// Over all of them stands self-doubt: a registrar that was itself away passes no verdict until it
/// has
/// looked around. A sign of life is an answer or a registration over the element's own association.
final class Verdicts {

  /// What follows.
  enum Decision {
    /// The element is dead.
    REMOVE,
    /// Not yet; the source is to speak again later.
    WAIT,
    /// The element lives.
    KEEP
  }

  private final SelfDoubt doubt;
  private final MassLossBrake brake;

  Verdicts(SelfDoubt doubt, MassLossBrake brake) {
    this.doubt = doubt;
    this.brake = brake;
  }

  Decision on(DeathSource source, Registration registration, long nowNs) {
    if (doubt.isActive(nowNs)) {
      return Decision.WAIT;
    }
    Liveness liveness = registration.liveness();
    return switch (source) {
      case LIFETIME, TRANSPORT -> Decision.REMOVE;
      case KEEP_ALIVE ->
          brake.isOn() && nowNs < brake.verdictAtNs(liveness) ? Decision.WAIT : Decision.REMOVE;
      case REPORTS -> liveness.wasHeardSinceReport() ? Decision.KEEP : Decision.REMOVE;
    };
  }

  /// Until when a verdict that has to wait does so.
  long waitUntilNs(Registration registration, long nowNs) {
    return doubt.isActive(nowNs) ? doubt.untilNs() : brake.verdictAtNs(registration.liveness());
  }
}
