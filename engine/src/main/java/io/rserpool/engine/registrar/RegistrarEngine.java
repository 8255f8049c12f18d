package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Effect;
import io.rserpool.engine.EffectSink;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.engine.ParameterEncoder;
import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.SelectionSettings;
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
  private final Turn turn = new Turn();
  private final DeadlineQueue<Due> deadlines = new DeadlineQueue<>();
  private final Associations associations = new Associations(turn);
  private final SelfDoubt doubt;
  private final MassLossBrake brake;
  private final Readiness readiness;
  private final RateLimits limits;
  private final Offences offences;
  private final Membership membership;
  private final ElementMonitor monitor;
  private final Lifetimes lifetimes;
  private final Removals removals;
  private final Calls calls;
  private final LostElements lostElements;
  private final Registrations registrations;
  private final Deregistrations deregistrations;
  private final Subscriptions subscriptions;
  private final Resolutions resolutions;
  private final Reports reports;
  private final Announcer announcer;
  private final PeerInquiries inquiries;
  private boolean hasBegun;
  private boolean hasStopped;

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
    if (id.isNone()) {
      throw new IllegalArgumentException("a registrar's identifier is not 0");
    }
    this.settings = settings;
    this.id = id;
    PolicyRules rules = PolicyRules.standard(SelectionSettings.forProfile(settings.profile()));
    doubt = new SelfDoubt(settings);
    brake = new MassLossBrake(settings);
    readiness = new Readiness(settings);
    limits = new RateLimits(turn, settings, associations);
    offences = new Offences(turn, settings, associations);
    membership = new Membership(new Handlespace<>(rules, random.split()));
    Verdicts verdicts = new Verdicts(doubt, brake);
    FlapDamping damping = new FlapDamping(settings);
    RemovalHolds holds = new RemovalHolds();
    Deaths deaths = (element, source, detail) -> dead(element, source, detail);
    monitor =
        new ElementMonitor(
            turn, deadlines, membership, id, settings, brake, verdicts, deaths, random.split());
    lifetimes = new Lifetimes(turn, membership, verdicts, deaths, settings);
    removals = new Removals(turn, settings, associations, membership, damping);
    calls = new Calls(turn, deadlines, associations, settings);
    lostElements =
        new LostElements(
            turn, deadlines, membership, monitor, calls, verdicts, doubt, deaths, settings);
    AddressChecks checks = new AddressChecks(turn, deadlines, membership, calls, settings);
    AcceptanceTests tests = new AcceptanceTests(settings, id, encoder, membership);
    registrations =
        new Registrations(
            turn, id, settings, tests, membership, monitor, damping, lifetimes, holds, limits);
    deregistrations = new Deregistrations(turn, settings, membership, registrations, holds, limits);
    Answers answers = new Answers(membership.handlespace(), settings);
    subscriptions = new Subscriptions(turn, deadlines, answers, settings);
    resolutions = new Resolutions(turn, membership, answers, subscriptions, readiness, limits);
    reports = new Reports(turn, id, settings, membership, monitor, verdicts, deaths, limits);
    announcer = new Announcer(turn, deadlines, id, settings, random.split());
    inquiries = new PeerInquiries(turn, id, settings, membership, offences);
    List.of(lostElements, checks, subscriptions).forEach(membership::listen);
    associations.listen(lostElements::lost);
    associations.listen((association, _, _) -> subscriptions.lost(association));
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
        Association association = associations.find(from);
        if (association != null) {
          received(association, message, causes);
        }
      }
      case Input.EnrpReceived received -> {
        Association association = associations.find(received.association());
        if (association != null) {
          turn.statistics().received(received.message());
          inquiries.received(association, received.message());
          report(association, received.message().sender(), received.reports());
        }
      }
      case Input.AssociationUp up -> up(new Association(up));
      case Input.AssociationDown down -> down(down);
      case Input.MalformedReceived malformed -> {
        Association association = associations.find(malformed.association());
        if (association != null) {
          report(association, malformed.sender(), malformed.reports());
          offences.senseless(association, malformed.explanation());
        }
      }
      case Input.AnnouncementReceived announcement -> announcer.heard(announcement.announce());
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
    if (doubt.isLate(lateNs)) {
      monitor.lateTickBegins(lateNs);
    }
    for (int work = 0; work < WORK_PER_TICK; work++) {
      Optional<DeadlineQueue.Deadline<Due>> due = deadlines.poll(nowNs);
      if (due.isEmpty()) {
        break;
      }
      due.get().subject().run();
    }
    lifetimes.tick();
    monitor.lateTickEnds();
    end();
  }

  @Override
  public long nextDeadlineNs() {
    return hasStopped ? NEVER : Math.min(deadlines.nextNs(), lifetimes.nextNs());
  }

  private void begin(long nowNs, EffectSink out) {
    turn.begin(nowNs, out);
    if (!hasBegun) {
      hasBegun = true;
      readiness.warmUp(nowNs);
    }
  }

  private void end() {
    subscriptions.flush();
    turn.end();
  }

  /// A deadline that should have come long ago means that this node was away, not the others.
  private long noticeLateness(long nowNs) {
    long dueNs = nextDeadlineNs();
    long lateNs = dueNs < nowNs ? nowNs - dueNs : 0;
    if (doubt.begin(nowNs, lateNs)) {
      turn.emit(
          new RegistrarEvent.SelfDoubted(
              Duration.ofNanos(lateNs), Duration.ofNanos(doubt.untilNs() - nowNs)));
      if (doubt.wasAway(lateNs)) {
        readiness.warmUp(nowNs);
      }
    }
    return lateNs;
  }

  private void up(Association association) {
    if (association.id().isOutgoing()) {
      associations.add(association);
      calls.up(association);
      return;
    }
    boolean isFull = associations.size() >= settings.count(RegistrarSetting.ASSOCIATIONS_MAX);
    if (isFull || !limits.allows(RateLimits.What.CONNECTION, association)) {
      String limit = isFull ? "associations in all" : "new associations";
      turn.emit(new RegistrarEvent.LimitHit(association.peer(), limit, 1));
      turn.effect(new Effect.Abort(association.id(), "over the limit: " + limit));
      return;
    }
    associations.add(association);
  }

  private void down(Input.AssociationDown down) {
    Association association = associations.find(down.association());
    if (association == null) {
      calls.lost(down.association(), down.reason() + " " + down.detail());
    } else {
      associations.remove(association, down.reason(), down.detail());
    }
  }

  private void received(Association association, AsapMessage message, List<ErrorCause> causes) {
    turn.statistics().received(message);
    switch (message) {
      case AsapEndpointKeepAliveAck answer -> answered(association, answer);
      case AsapHandleResolution resolution -> resolutions.received(association, resolution);
      case AsapRegistration registration -> registrations.received(association, registration);
      case AsapDeregistration leave -> deregistrations.received(association, leave);
      case AsapEndpointUnreachable unreachable -> reports.received(association, unreachable);
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
          offences.senseless(association, "a registrar does not take " + message.type().rfcName());
    }
    report(association, ServerId.NONE, causes);
  }

  private void answered(Association association, AsapEndpointKeepAliveAck answer) {
    Registration registration = membership.find(answer.handle(), answer.elementId());
    if (registration == null) {
      return;
    }
    if (registration.association() == association) {
      monitor.alive(registration, true);
    } else {
      lostElements.answeredCall(registration, association);
    }
    if (!registration.liveness().isAsking()) {
      registrations.rivalLoses(registration);
    }
  }

  private void dead(Registration registration, DeathSource source, String detail) {
    if (!registrations.rivalWins(registration)) {
      removals.remove(registration, source, detail);
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
          case RegistrarRequest.Stop _ -> stop();
        };
    turn.effect(new Effect.Reply(request.requestId(), result));
  }

  private RegistrarResult start(RegistrarRequest.Start start) {
    turn.emit(new RegistrarEvent.Started(id, settings.profile(), settings.describeOverrides()));
    inquiries.start(start.enrpTransports());
    if (start.announces()) {
      announcer.start(start.asapTransports());
    }
    return new RegistrarResult.Done();
  }

  private RegistrarResult status() {
    Handlespace<Registration> handlespace = membership.handlespace();
    return new RegistrarResult.Status(
        id,
        readiness.isReady(turn.nowNs()),
        handlespace.poolCount(),
        handlespace.elementCount(),
        handlespace.ownedCount(id),
        brake.missing(),
        associations.size(),
        subscriptions.size(),
        calls.size(),
        handlespace.checksum(id),
        Duration.ofNanos(monitor.intervalNs()),
        turn.statistics().counters());
  }

  private RegistrarResult stop() {
    hasStopped = true;
    associations.all().forEach(a -> turn.effect(new Effect.Close(a.id())));
    announcer.stop();
    turn.emit(new RegistrarEvent.Stopped(id));
    return new RegistrarResult.Done();
  }
}
