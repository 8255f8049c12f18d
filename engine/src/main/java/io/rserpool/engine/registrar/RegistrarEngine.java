package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Effect;
import io.rserpool.engine.EffectSink;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.engine.ParameterEncoder;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.protocol.enrp.EnrpError;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The pool registrar (RFC 5352 section 4 lists what it handles): keeps the handlespace, answers
/// pool
/// elements and pool users, and watches the elements whose home it is. It hands each input to the
/// duty
/// that it concerns; the duties share one clock, one deadline queue and one membership.
public final class RegistrarEngine implements Engine {

  /// Deadlines that one tick serves at most; the rest is due at once again.
  private static final int WORK_PER_TICK = 10_000;

  private final RegistrarSettings settings;
  private final ServerId id;
  private final Statistics statistics = new Statistics();
  private final Turn turn = new Turn(statistics::emitted);
  private final DeadlineQueue<Due> deadlines = new DeadlineQueue<>();
  private final Duties duties;
  private boolean hasBegun;
  private boolean hasStopped;

  /// When this node last noticed that it had been away: all input that has waited comes before the
  /// deadlines that are overdue, and is no reason to notice it again.
  private long noticedNs = Long.MIN_VALUE;

  /// A registrar that has heard of nobody yet.
  ///
  /// @param id random, the same until the registrar is restarted, not [ServerId#NONE]
  /// @param encoder for error causes that quote a parameter
  /// @param random forked for each concern
  public RegistrarEngine(
      RegistrarSettings settings,
      ServerId id,
      ParameterEncoder encoder,
      RandomGenerator.SplittableGenerator random) {
    this(settings, id, encoder, random, AccessPolicy.OPEN);
  }

  /// The same in a scope with security.
  ///
  /// @param policy who may do what; another may be put into force by [RegistrarRequest.Access]
  public RegistrarEngine(
      RegistrarSettings settings,
      ServerId id,
      ParameterEncoder encoder,
      RandomGenerator.SplittableGenerator random,
      AccessPolicy policy) {
    if (id.isNone()) {
      throw new IllegalArgumentException("a registrar's identifier is not 0");
    }
    this.settings = settings;
    this.id = id;
    this.duties = new Duties(turn, deadlines, id, settings, encoder, random, policy);
  }

  /// What it knows, for looking at.
  public RegistrarView view() {
    return new Glance(id, duties);
  }

  @Override
  public void handle(long nowNs, Input input, EffectSink out) {
    if (hasStopped) {
      return;
    }
    begin(nowNs, out);
    noticeLateness(nowNs);
    switch (input) {
      case Input.AsapReceived(var from, AsapMessage message, List<ErrorCause> causes) -> {
        Association association = duties.associations.find(from);
        if (association != null) {
          received(association, message, causes);
        }
      }
      case Input.EnrpReceived received -> {
        Association association = duties.associations.find(received.association());
        if (association != null) {
          statistics.received(received.message());
          duties.peering.received(association.id(), received.message());
          report(association, received.message().sender(), received.reports());
        }
      }
      case Input.AssociationUp up -> duties.arrivals.up(up);
      case Input.AssociationDown down -> down(down);
      case Input.MalformedReceived malformed -> {
        Association association = duties.associations.find(malformed.association());
        if (association != null) {
          report(association, malformed.sender(), malformed.reports());
          duties.peering.unreadable(malformed.association());
          duties.offences.senseless(association, malformed.explanation());
        }
      }
      case Input.AnnouncementReceived announcement ->
          duties.announcer.heard(announcement.announce());
      case Input.PresenceReceived(var source, int _, EnrpPresence presence) ->
          duties.peering.heard(source, presence);
      case RegistrarRequest request -> requested(request);
      case Input.Request request ->
          throw new IllegalArgumentException("a registrar cannot do " + request);
    }
    end();
  }

  @Override
  public void tick(long nowNs, EffectSink out) {
    if (hasStopped) {
      return;
    }
    begin(nowNs, out);
    long lateNs = noticeLateness(nowNs);
    if (duties.doubt.isLate(lateNs)) {
      duties.monitor.lateTickBegins(lateNs);
      if (!duties.doubt.isReason(lateNs)) {
        duties.peering.excuse(lateNs);
      }
    }
    for (int work = 0; work < WORK_PER_TICK; work++) {
      Optional<DeadlineQueue.Deadline<Due>> due = deadlines.poll(nowNs);
      if (due.isEmpty()) {
        break;
      }
      due.get().subject().run();
    }
    duties.lifetimes.tick();
    duties.monitor.lateTickEnds();
    end();
  }

  @Override
  public long nextDeadlineNs() {
    return hasStopped ? NEVER : Math.min(deadlines.nextNs(), duties.lifetimes.nextNs());
  }

  private void begin(long nowNs, EffectSink out) {
    turn.begin(nowNs, out);
    if (!hasBegun) {
      hasBegun = true;
      duties.readiness.warmUp(nowNs);
    }
  }

  private void end() {
    duties.subscriptions.flush();
    turn.end();
  }

  /// A deadline that should have come long ago means that this node was away, not the others.
  private long noticeLateness(long nowNs) {
    long dueNs = nextDeadlineNs();
    long lateNs = dueNs < nowNs ? nowNs - dueNs : 0;
    boolean begins = duties.doubt.begin(nowNs, lateNs);
    if (duties.doubt.isReason(lateNs) && dueNs > noticedNs) {
      noticedNs = nowNs;
      if (duties.doubt.wasAway(lateNs)) {
        duties.readiness.warmUp(nowNs);
      }
      duties.peering.doubt(lateNs, duties.doubt.untilNs(), duties.doubt.wasAway(lateNs));
    }
    if (begins) {
      turn.emit(
          new RegistrarEvent.SelfDoubted(
              Duration.ofNanos(lateNs), Duration.ofNanos(duties.doubt.untilNs() - nowNs)));
    }
    return lateNs;
  }

  private void down(Input.AssociationDown down) {
    Association association = duties.associations.find(down.association());
    if (association == null) {
      String detail = down.reason() + " " + down.detail();
      duties.calls.lost(down.association(), down.reason(), detail);
      duties.peering.down(down.association(), down.reason(), down.detail());
    } else {
      duties.associations.remove(association, down.reason(), down.detail());
    }
  }

  private void received(Association association, AsapMessage message, List<ErrorCause> causes) {
    statistics.received(message);
    switch (message) {
      case AsapEndpointKeepAliveAck answer -> answered(association, answer);
      case AsapHandleResolution resolution -> duties.resolutions.received(association, resolution);
      case AsapRegistration registration ->
          duties.registrations.received(association, registration);
      case AsapDeregistration leave -> duties.deregistrations.received(association, leave);
      case AsapEndpointUnreachable unreachable -> duties.reports.received(association, unreachable);
      case AsapError error -> {
        turn.emit(new RegistrarEvent.ErrorReceived(association.peer(), error.causes()));
        return;
      }
      case AsapRegistrationResponse _,
          AsapDeregistrationResponse _,
          AsapHandleResolutionResponse _,
          AsapEndpointKeepAlive _,
          AsapServerAnnounce _,
          AsapCookie _,
          AsapCookieEcho _,
          AsapBusinessCard _ ->
          duties.offences.senseless(
              association, "a registrar does not take " + message.type().rfcName());
    }
    report(association, ServerId.NONE, causes);
  }

  private void answered(Association association, AsapEndpointKeepAliveAck answer) {
    Registration registration = duties.membership.find(answer.handle(), answer.elementId());
    if (registration == null) {
      return;
    }
    if (registration.association() == association) {
      duties.monitor.alive(registration, true);
    } else {
      duties.lostElements.answeredCall(registration, association);
      duties.adoption.answeredCall(registration, association);
    }
    if (!registration.liveness().isAsking()) {
      duties.registrations.rivalLoses(registration);
    }
  }

  /// Tells the sender of a message what could not be read of it (RFC 5354 sections 3 and 4).
  ///
  /// @param sender of an ENRP message, if it is known
  private void report(Association association, ServerId sender, List<ErrorCause> causes) {
    if (causes.isEmpty() || !association.isUp()) {
      return;
    }
    if (association.kind() == AssociationKind.ENRP) {
      turn.send(association.id(), new EnrpError(id, sender, causes));
    } else {
      turn.send(association.id(), new AsapError(causes));
    }
  }

  private void requested(RegistrarRequest request) {
    RegistrarResult result =
        switch (request) {
          case RegistrarRequest.Start start -> start(start);
          case RegistrarRequest.Status _ -> status();
          case RegistrarRequest.Access access -> access(access);
          case RegistrarRequest.Stop _ -> stop();
        };
    turn.effect(new Effect.Reply(request.requestId(), result));
  }

  private RegistrarResult start(RegistrarRequest.Start start) {
    turn.emit(new RegistrarEvent.Started(id, settings.profile(), settings.describeOverrides()));
    if (start.announces()) {
      duties.announcer.prepare(start.asapTransports());
    }
    duties.peering.start(start.enrpTransports(), start.peers(), start.announcesPresence());
    return new RegistrarResult.Done();
  }

  private RegistrarResult access(RegistrarRequest.Access access) {
    duties.policyChange.to(access.policy());
    return new RegistrarResult.Done();
  }

  private RegistrarResult status() {
    Handlespace<Registration> handlespace = duties.membership.handlespace();
    return new RegistrarResult.Status(
        id,
        duties.peering.isServing(),
        duties.readiness.isReady(turn.nowNs()),
        handlespace.poolCount(),
        handlespace.elementCount(),
        handlespace.ownedCount(id),
        duties.brake.missing(),
        duties.associations.size(),
        duties.subscriptions.size(),
        duties.calls.size(),
        handlespace.checksum(id),
        Duration.ofNanos(duties.monitor.intervalNs()),
        duties.peering.status(),
        statistics.counters());
  }

  private RegistrarResult stop() {
    hasStopped = true;
    duties.peering.stop();
    duties.associations.all().forEach(a -> turn.effect(new Effect.Close(a.id())));
    duties.announcer.stop();
    turn.emit(new RegistrarEvent.Stopped(id));
    return new RegistrarResult.Done();
  }
}
