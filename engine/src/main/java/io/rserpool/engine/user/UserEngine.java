package io.rserpool.engine.user;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.EffectSink;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
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
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One pool user (RFC 5352): finds a registrar at its first call and keeps one, resolves, caches
/// and
/// watches pools, selects elements, reports and dismisses them.
///
/// | home | left when |
/// |---|---|
/// | none, hunting | a call succeeds → found |
/// | found | its association is lost → none |
/// | found, hunting in parallel (T1 expired, or it cannot answer) | it answers → found; a call succeeds → found, another one; its association is lost → none |
public final class UserEngine implements Engine {

  private final User user;
  private final Resolver resolver;
  private final Reports reports;
  private int malformed;
  private boolean isShutDown;

  /// A user that knows no registrar yet and draws from `random`.
  public UserEngine(UserSettings settings, RandomGenerator.SplittableGenerator random) {
    user = new User(settings, random);
    resolver = new Resolver(user);
    reports = new Reports(user);
  }

  @Override
  public void handle(long nowNs, Input input, EffectSink out) {
    Turn turn = new Turn(nowNs, out);
    seekHome(turn);
    switch (input) {
      case Input.AssociationUp up -> up(turn, up);
      case Input.AssociationDown down -> {
        Home home = user.home;
        if (!user.hunt.down(down.association(), out)
            && home != null
            && home.association().equals(down.association())) {
          homeLost(turn, home, down.reason() + ": " + down.detail());
        }
      }
      case Input.AsapReceived received -> {
        Home home = user.home;
        if (home != null && home.association().equals(received.association())) {
          received(turn, home, received.message(), received.reports());
        }
      }
      case Input.MalformedReceived received -> {
        Home home = user.home;
        if (home != null && home.association().equals(received.association())) {
          malformed(turn, home, received);
        }
      }
      case Input.EnrpReceived received ->
          out.accept(new Effect.Abort(received.association(), "a pool user does not speak ENRP"));
      case Input.AnnouncementReceived announcement -> user.hunt.announced(nowNs, announcement, out);
      case Input.PresenceReceived _ -> {} // Registrars among themselves.
      case UserRequest request -> request(turn, request);
      case Input.Request request ->
          throw new IllegalArgumentException("not a request to a pool user: " + request);
    }
  }

  @Override
  public void tick(long nowNs, EffectSink out) {
    Turn turn = new Turn(nowNs, out);
    seekHome(turn);
    for (var due = user.deadlines.poll(nowNs); due.isPresent(); due = user.deadlines.poll(nowNs)) {
      due.get().subject().accept(turn);
    }
    if (user.hunt.tick(nowNs, out)) {
      turn.emit(new UserEvent.HuntRound(user.hunt.round() - 1, user.hunt.candidates(nowNs)));
    }
  }

  @Override
  public long nextDeadlineNs() {
    return Math.min(user.deadlines.nextNs(), user.hunt.nextDeadlineNs());
  }

  private void seekHome(Turn turn) {
    if (user.home == null && !isShutDown) {
      user.hunt.start(turn.nowNs(), turn.out());
    }
  }

  private void request(Turn turn, UserRequest request) {
    if (isShutDown && !(request instanceof UserRequest.Shutdown)) {
      turn.reply(request, new UserResult.Unavailable("the engine is shut down"));
      return;
    }
    switch (request) {
      case UserRequest.Resolve resolve -> {
        if (hasRoom(turn, resolve)) {
          resolver.resolve(turn, resolve);
        }
      }
      case UserRequest.Select select -> {
        if (hasRoom(turn, select)) {
          resolver.select(turn, select);
        }
      }
      case UserRequest.Watch watch -> watch(turn, watch);
      case UserRequest.Unwatch unwatch -> {
        resolver.watches().remove(turn, unwatch.handle());
        resolver.cache().notPushed(unwatch.handle());
        turn.reply(unwatch, new UserResult.Done());
      }
      case UserRequest.Report report -> unreachable(turn, report);
      case UserRequest.Dismiss dismiss -> {
        if (hasRoom(turn, dismiss)) {
          resolver.dismiss(turn, dismiss);
        }
      }
      case UserRequest.Purge purge -> {
        resolver.cache().remove(purge.handle());
        turn.reply(purge, new UserResult.Done());
      }
      case UserRequest.Shutdown shutdown -> shutdown(turn, shutdown);
    }
  }

  private void unreachable(Turn turn, UserRequest.Report report) {
    if (!user.named.contains(report.handle(), report.elementId())) {
      turn.reply(
          report,
          new UserResult.Illegal(
              "pool %s element %s is not reported: no resolution, selection or watch named it here"
                  .formatted(report.handle(), report.elementId())));
      return;
    }
    resolver.cache().drop(report.handle(), report.elementId());
    if (hasRoom(turn, report)) {
      reports.report(turn, report);
    }
  }

  private boolean hasRoom(Turn turn, UserRequest request) {
    int max = user.settings.requestsMax();
    if (resolver.exchanges().waiting() + reports.waiting() < max) {
      return true;
    }
    turn.reply(request, new UserResult.Unavailable("more than " + max + " requests wait already"));
    return false;
  }

  private void watch(Turn turn, UserRequest.Watch watch) {
    int max = user.settings.watchesMax();
    if (resolver.watches().contains(watch.handle()) || resolver.watches().size() < max) {
      turn.reply(watch, new UserResult.Done());
      resolver.watches().add(turn, watch.handle());
    } else {
      turn.reply(
          watch, new UserResult.Unavailable("more than " + max + " pools are watched already"));
    }
  }

  private void shutdown(Turn turn, UserRequest.Shutdown shutdown) {
    isShutDown = true;
    UserResult result = new UserResult.Unavailable("the engine is shut down");
    for (Exchange exchange : resolver.exchanges().endAll()) {
      exchange.callers.forEach(caller -> turn.reply(caller, result));
      exchange.held.forEach(caller -> turn.reply(caller, result));
    }
    reports.clear(turn, "the engine is shut down");
    resolver.watches().clear();
    resolver.cache().clear();
    user.named.clear();
    user.hunt.cancel(turn.out());
    closeHome(turn);
    turn.reply(shutdown, new UserResult.Done());
  }

  private void closeHome(Turn turn) {
    Home home = user.home;
    if (home != null) {
      user.home = null;
      turn.out().accept(new Effect.Close(home.association()));
    }
  }

  private void up(Turn turn, Input.AssociationUp up) {
    if (!up.association().isOutgoing() || up.kind() != AssociationKind.ASAP) {
      turn.out().accept(new Effect.Abort(up.association(), "nobody calls a pool user"));
      return;
    }
    Optional<Endpoint> distrusted = user.hunt.distrusted(up, turn.out());
    if (distrusted.isPresent()) {
      turn.emit(
          new UserEvent.PeerMisbehaved(
              distrusted.get(), "it is no trusted registrar, but " + up.identity().describe()));
      return;
    }
    Optional<Endpoint> called = user.hunt.up(up.association(), turn.out());
    if (called.isPresent()) {
      closeHome(turn);
      homeFound(turn, new Home(up.association(), called.get()));
    } else if (user.home == null || !user.home.association().equals(up.association())) {
      turn.out().accept(new Effect.Close(up.association()));
    }
  }

  private void homeFound(Turn turn, Home home) {
    user.home = home;
    malformed = 0;
    turn.emit(new UserEvent.RegistrarFound(home.registrar()));
    resolver.homeFound(turn);
    reports.homeFound(turn, home);
  }

  private void homeLost(Turn turn, Home home, String reason) {
    user.home = null;
    turn.emit(new UserEvent.RegistrarLost(home.registrar(), reason));
    resolver.homeLost();
    user.hunt.lost(turn.nowNs(), home.registrar(), turn.out());
  }

  private void malformed(Turn turn, Home home, Input.MalformedReceived received) {
    misbehaved(turn, home, received.explanation());
    report(turn, home, received.reports());
    malformed++;
    if (malformed >= user.settings.malformedMax()) {
      turn.out()
          .accept(new Effect.Abort(home.association(), "it sent too many malformed messages"));
      homeLost(turn, home, "malformed messages");
    }
  }

  private static void report(Turn turn, Home home, List<ErrorCause> reports) {
    if (!reports.isEmpty()) {
      turn.send(home, new AsapError(reports));
    }
  }

  private static void misbehaved(Turn turn, Home home, String what) {
    turn.emit(new UserEvent.PeerMisbehaved(home.registrar(), what));
  }

  private void received(Turn turn, Home home, AsapMessage message, List<ErrorCause> unrecognized) {
    if (!(message instanceof AsapError)) {
      report(turn, home, unrecognized);
    }
    switch (message) {
      case AsapHandleResolutionResponse response -> resolver.resolved(turn, response);
      case AsapDeregistrationResponse response -> resolver.dismissed(turn, response);
      case AsapError error -> {
        misbehaved(turn, home, "it reports " + error.causes());
        if (error.causes().stream()
            .anyMatch(cause -> cause.cause() != CauseCode.UNRECOGNIZED_PARAMETER)) {
          resolver.exchanges().oldestRefused(turn, error.causes());
        }
      }
      case AsapRegistration _,
          AsapRegistrationResponse _,
          AsapDeregistration _,
          AsapHandleResolution _,
          AsapEndpointKeepAlive _,
          AsapEndpointKeepAliveAck _,
          AsapEndpointUnreachable _,
          AsapServerAnnounce _,
          AsapCookie _,
          AsapCookieEcho _,
          AsapBusinessCard _ ->
          misbehaved(turn, home, "it sent " + message.type().rfcName() + " to a user");
    }
  }
}
