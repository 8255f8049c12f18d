package io.rserpool.engine.element;

import io.rserpool.engine.EffectSink;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
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
import java.util.List;
import java.util.random.RandomGenerator;

/// One pool element (RFC 5352): in its pool from [ElementRequest.Register] to
/// [ElementRequest.Leave],
/// whatever happens to registrars and links in between.
///
/// | state | left when |
/// |---|---|
/// | in no pool | `Register` → in a pool |
/// | in a pool: hunting, registering, registered | `Leave` → leaving; rejected or dismissed → in no pool |
/// | leaving | a registrar confirms, or T3 has expired on all → in no pool |
/// | shut down | never |
///
/// The duties: [Homes] for associations and the home, [Enrolment] for registrations, [Farewell] for
/// the
/// end.
public final class ElementEngine implements Engine {

  private final Element element;
  private final Homes homes;
  private final Enrolment enrolment;
  private final Farewell farewell;
  private final SelfDoubt selfDoubt;
  private boolean isShutDown;

  /// An element that is in no pool and draws identifiers and delays from `random`.
  public ElementEngine(ElementSettings settings, RandomGenerator.SplittableGenerator random) {
    element = new Element(settings, random);
    homes = new Homes(element);
    enrolment = new Enrolment(element);
    farewell = new Farewell(element);
    selfDoubt = new SelfDoubt(element);
  }

  @Override
  public void handle(long nowNs, Input input, EffectSink out) {
    Turn turn = new Turn(nowNs, out);
    switch (input) {
      case Input.AssociationUp up -> up(turn, up);
      case Input.AssociationDown down -> {
        if (homes.down(turn, down)) {
          homeLost();
        }
      }
      case Input.AsapReceived received -> received(turn, received);
      case Input.MalformedReceived malformed -> malformed(turn, malformed);
      case Input.EnrpReceived received ->
          turn.abort(received.association(), "a pool element does not speak ENRP");
      case Input.AnnouncementReceived announcement ->
          element.hunt.announced(nowNs, announcement, out);
      case Input.PresenceReceived _ -> {} // Registrars among themselves.
      case ElementRequest request -> request(turn, request);
      case Input.Request request ->
          throw new IllegalArgumentException("not a request to a pool element: " + request);
    }
  }

  @Override
  public void tick(long nowNs, EffectSink out) {
    Turn turn = new Turn(nowNs, out);
    if (nextDeadlineNs() < nowNs) {
      selfDoubt.late(nowNs, nowNs - nextDeadlineNs(), enrolment.isUnderWay());
    }
    for (var due = element.timers.poll(nowNs); due.isPresent(); due = element.timers.poll(nowNs)) {
      expired(turn, due.get());
    }
    Membership present = element.membership;
    if (element.hunt.tick(nowNs, out) && present != null) {
      turn.emit(
          new ElementEvent.HuntRound(
              present.handle(),
              present.elementId(),
              element.hunt.round() - 1,
              element.hunt.candidates(nowNs)));
    }
  }

  @Override
  public long nextDeadlineNs() {
    return Math.min(element.timers.nextNs(), element.hunt.nextDeadlineNs());
  }

  private void request(Turn turn, ElementRequest request) {
    switch (request) {
      case ElementRequest.Register register when isShutDown ->
          turn.reply(register, new ElementResult.Illegal("the engine is shut down"));
      case ElementRequest.Register register -> register(turn, register);
      case ElementRequest.Update update -> update(turn, update);
      case ElementRequest.Leave leave -> leave(turn, leave);
      case ElementRequest.Shutdown shutdown -> {
        isShutDown = true;
        end(turn, "the engine is shut down");
        turn.reply(shutdown, new ElementResult.Done());
      }
    }
  }

  private void register(Turn turn, ElementRequest.Register request) {
    Membership present = element.membership;
    if (present != null) {
      turn.reply(
          request,
          new ElementResult.Illegal(
              "pool %s element %s is registered here%s; one engine is one element"
                  .formatted(
                      present.handle(),
                      present.elementId(),
                      farewell.isUnderWay() ? " and is leaving" : "")));
      return;
    }
    enrolment.join(turn, request);
  }

  private void update(Turn turn, ElementRequest.Update update) {
    Membership present = element.membership;
    if (present == null || farewell.isUnderWay()) {
      turn.reply(update, new ElementResult.Illegal("the element is in no pool"));
    } else if (present.policy().type() != update.policy().type()) {
      turn.reply(
          update,
          new ElementResult.Illegal(
              "pool %s element %s registered with policy %s and cannot change to %s"
                  .formatted(
                      present.handle(), present.elementId(), present.policy(), update.policy())));
    } else {
      enrolment.update(turn, present, update.policy());
      turn.reply(update, new ElementResult.Done());
    }
  }

  private void leave(Turn turn, ElementRequest.Leave leave) {
    if (element.membership != null && enrolment.wasSent()) {
      if (!farewell.isUnderWay()) {
        enrolment.stop(turn, new ElementResult.Unavailable("the element leaves its pool"));
      }
      farewell.leave(turn, leave);
    } else {
      end(turn, "the element leaves its pool");
      turn.reply(leave, new ElementResult.Done());
    }
  }

  /// Forgets the pool and every registrar, and answers everybody who waits.
  private void end(Turn turn, String reason) {
    enrolment.stop(turn, new ElementResult.Unavailable(reason));
    farewell.end(turn, new ElementResult.Done());
    element.membership = null;
    homes.closeAll(turn);
  }

  private void up(Turn turn, Input.AssociationUp up) {
    if (isShutDown) {
      turn.close(up.association());
    } else if (homes.up(turn, up)) {
      greetHome(turn);
    }
  }

  private void greetHome(Turn turn) {
    if (farewell.isUnderWay()) {
      farewell.send(turn);
    } else {
      enrolment.homeFound(turn);
    }
  }

  private void homeLost() {
    enrolment.homeLost();
    element.timers.cancel(Timer.T3);
  }

  private void malformed(Turn turn, Input.MalformedReceived malformed) {
    Link link = homes.link(malformed.association());
    if (link == null) {
      return;
    }
    report(turn, link, malformed.reports());
    element.misbehaved(turn, link.registrar() + ": " + malformed.explanation());
    if (homes.malformed(turn, link)) {
      homeLost();
    }
  }

  private void report(Turn turn, Link link, List<ErrorCause> reports) {
    if (!reports.isEmpty()) {
      turn.send(link, new AsapError(reports));
    }
  }

  private void received(Turn turn, Input.AsapReceived received) {
    Link link = homes.link(received.association());
    if (link == null) {
      return;
    }
    AsapMessage message = received.message();
    if (!(message instanceof AsapError)) {
      report(turn, link, received.reports());
    }
    homes.heard(turn, link);
    switch (message) {
      case AsapEndpointKeepAlive keepAlive -> {
        if (homes.keepAlive(turn, link, keepAlive)) {
          greetHome(turn);
        }
      }
      case AsapRegistrationResponse response -> registrationAnswered(turn, link, response);
      case AsapDeregistrationResponse response -> deregistered(turn, link, response);
      case AsapError error -> refusedAsUnreadable(turn, link, error);
      case AsapRegistration _,
          AsapDeregistration _,
          AsapHandleResolution _,
          AsapHandleResolutionResponse _,
          AsapEndpointKeepAliveAck _,
          AsapEndpointUnreachable _,
          AsapServerAnnounce _,
          AsapCookie _,
          AsapCookieEcho _,
          AsapBusinessCard _ ->
          element.misbehaved(
              turn, link.registrar() + " sent " + message.type().rfcName() + " to an element");
    }
  }

  private void registrationAnswered(Turn turn, Link link, AsapRegistrationResponse response) {
    if (farewell.isUnderWay()) {
      return;
    }
    switch (enrolment.response(turn, link, response)) {
      case ACCEPTED -> {
        homes.accepted(turn);
        homes.heard(turn, link);
      }
      case REJECTED -> {
        element.membership = null;
        homes.closeAll(turn);
      }
      case REFUSED, IGNORED -> {}
    }
  }

  private void deregistered(Turn turn, Link link, AsapDeregistrationResponse response) {
    Membership present = element.membership;
    if (present == null || !present.is(response.handle(), response.elementId())) {
      return;
    }
    if (farewell.isUnderWay()) {
      farewell.end(
          turn,
          response.causes().isEmpty()
              ? new ElementResult.Done()
              : new ElementResult.Rejected(response.causes()));
      end(turn, "the element has left its pool");
    } else if (response.leave() != LeaveRequest.NONE) {
      turn.emit(
          new ElementEvent.AskedToLeave(present.handle(), present.elementId(), response.leave()));
      end(turn, "the element was taken out by hand: " + response.leave());
    } else if (link.equals(element.home)) {
      putOut(turn, present, response.causes());
    }
  }

  /// The home has ended the registration: it ran out, or another element has the identifier.
  private void putOut(Turn turn, Membership present, List<ErrorCause> causes) {
    element.isIn = false;
    if (!Refusal.isIdentifierTaken(causes)) {
      enrolment.renew(turn);
    } else if (enrolment.refused(turn, present, causes) == Enrolment.Outcome.REJECTED) {
      element.membership = null;
      homes.closeAll(turn);
    }
  }

  /// A registrar could not read what was asked of it; the report of a parameter that it skipped is
  /// no
  /// refusal.
  private void refusedAsUnreadable(Turn turn, Link link, AsapError error) {
    element.misbehaved(turn, link.registrar() + " reports " + error.causes());
    if (Refusal.isRefusal(error.causes()) && link.equals(element.home) && enrolment.isUnderWay()) {
      enrolment.refusedHere(turn);
    }
  }

  private void expired(Turn turn, Timer timer) {
    switch (timer) {
      case T2 -> enrolment.unanswered(turn);
      case T3 -> farewell.unanswered(turn);
      case T4, UPDATE, SILENCE -> enrolment.send(turn);
      case RETRY -> enrolment.retry(turn);
      case CALLER -> enrolment.callerGivesUp(turn);
      case FAREWELL -> end(turn, "no registrar confirmed the farewell");
      case GRACE -> homes.dropFormer(turn);
    }
  }
}
