package io.rserpool.sim.session;

import io.rserpool.engine.LossReason;
import io.rserpool.engine.session.LinkId;
import io.rserpool.engine.session.Loss;
import io.rserpool.engine.session.LossSource;
import io.rserpool.engine.session.Outgoing;
import io.rserpool.engine.session.ProbeResult;
import io.rserpool.engine.session.SessionEffect;
import io.rserpool.engine.session.SessionEffects;
import io.rserpool.engine.session.SessionEvent;
import io.rserpool.engine.session.SessionSettings;
import io.rserpool.engine.session.UserSession;
import io.rserpool.engine.user.UserRequest;
import io.rserpool.engine.user.UserResult;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.sim.network.Link;
import io.rserpool.sim.network.Node;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.Protocol;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Hosts one session: carries out its effects, writes what it wants to be written, and gives it what
/// comes. A message for which a link has no room any more is one that is written in part.
final class SessionHost implements LinkOwner {

  private final Sessions sessions;
  private final Node node;
  private final PoolHandle handle;
  private final long number;
  private final SessionSettings settings;
  private final UserSession<Piece> session;
  private final Application application;
  private final HashMap<LinkId, Link> links = new HashMap<>();
  private final HashMap<Link, LinkId> ids = new HashMap<>();
  private final HashMap<Link, Long> probes = new HashMap<>();
  private final Deque<SessionEffect> effects = new ArrayDeque<>();
  private @Nullable LinkId current;
  private @Nullable Outgoing<Piece> begun;
  private boolean wasListed;
  private boolean isBusy;
  private boolean isGone;

  SessionHost(
      Sessions sessions,
      PoolHandle handle,
      long number,
      RandomGenerator.SplittableGenerator random) {
    this.sessions = sessions;
    this.node = sessions.node();
    this.handle = handle;
    this.number = number;
    this.settings = sessions.times().draw(random);
    this.session = new UserSession<>(handle, settings, random.split());
    this.application = new Application(this, session, settings, sessions.plan(), random.split());
  }

  PoolHandle handle() {
    return handle;
  }

  long number() {
    return number;
  }

  void open() {
    tell(new SessionDeed.Opened(number, node.name(), handle, settings));
    tell(new SessionDeed.Searches(number));
    act(out -> session.open(now(), out));
  }

  void ask(int count) {
    application.ask(count);
    work();
  }

  @Override
  public void changed(PoolHandle pool, List<PoolElementParameter> present, boolean isPushed) {
    if (!pool.equals(handle)) {
      return;
    }
    Optional<ElementId> on = on();
    act(out -> session.poolChanged(now(), present, true, isPushed, out));
    // An empty list proves nothing: there is nobody to move to.
    if (!present.isEmpty()) {
      boolean isThere = on.map(id -> has(present, id)).orElse(false);
      if (wasListed && !isThere && on.isPresent() && on.equals(on())) {
        tell(new SessionDeed.Unlisted(number, on.get()));
      }
      wasListed = isThere;
    }
  }

  @Override
  public void gone() {
    if (!isGone) {
      isGone = true;
      tell(new SessionDeed.Gone(number));
    }
  }

  private static boolean has(List<PoolElementParameter> elements, ElementId id) {
    return elements.stream().anyMatch(element -> element.elementId().equals(id));
  }

  /// The element that serves the session.
  private Optional<ElementId> on() {
    return session.phase() == UserSession.Phase.UP
        ? session.element().map(PoolElementParameter::elementId)
        : Optional.empty();
  }

  long now() {
    return node.nowNs();
  }

  void tell(SessionDeed deed) {
    sessions.tell(deed);
  }

  /// Another one takes its place.
  void replace() {
    sessions.replace(this);
  }

  /// Calls the session, and does what comes of it unless that is being done already.
  void act(Consumer<SessionEffects> call) {
    if (!isGone) {
      call.accept(effects::addLast);
      work();
    }
  }

  private void work() {
    if (isBusy || isGone) {
      return;
    }
    isBusy = true;
    boolean isDone = false;
    while (!isDone && !isGone) {
      SessionEffect effect = effects.pollFirst();
      if (effect != null) {
        carryOut(effect);
      } else {
        isDone = !write() && !application.work() && effects.isEmpty();
      }
    }
    isBusy = false;
  }

  private void carryOut(SessionEffect effect) {
    switch (effect) {
      case SessionEffect.Choose(long turn, var pool, var preferred) -> {
        tell(new SessionDeed.Chooses(number));
        ask(turn, id -> new UserRequest.Select(id, pool, preferred));
      }
      case SessionEffect.Enumerate(long turn, var pool, int items, boolean isFresh) -> {
        if (isFresh) {
          sessions.registry().ask(id -> new UserRequest.Purge(id, pool), _ -> {});
        }
        ask(turn, id -> new UserRequest.Resolve(id, pool, items));
      }
      case SessionEffect.Call(var id, var element, long limitNs) -> {
        tell(new SessionDeed.Called(number, element.elementId()));
        Link link = call(element, limitNs);
        links.put(id, link);
        ids.put(link, id);
      }
      case SessionEffect.Probe(long turn, var element, long limitNs) -> {
        tell(new SessionDeed.Probed(number, element.elementId()));
        probes.put(call(element, limitNs), turn);
      }
      case SessionEffect.Close(var id) -> {
        Link link = forget(id);
        if (link != null) {
          link.close();
        }
      }
      case SessionEffect.Abort(var id, var reason) -> {
        Link link = forget(id);
        if (link != null) {
          event(id + " aborted: " + reason);
          link.abort();
        }
      }
      case SessionEffect.Report(var pool, var element) -> {
        tell(new SessionDeed.Reported(number, element));
        sessions.registry().ask(id -> new UserRequest.Report(id, pool, element), _ -> {});
      }
      case SessionEffect.Greet(var move) -> application.greet(move);
      case SessionEffect.Tell(var event) -> {
        if (event instanceof SessionEvent.Lost(_, ElementId lost, Loss loss)) {
          tell(new SessionDeed.Lost(number, lost, loss.source()));
        }
        event(event.describe());
      }
    }
  }

  private void ask(long turn, LongFunction<UserRequest> request) {
    sessions.registry().ask(request, answer -> answered(turn, answer));
  }

  private void answered(long turn, UserResult answer) {
    long nowNs = now();
    switch (answer) {
      case UserResult.Selected selected ->
          act(out -> session.chosen(nowNs, turn, selected.element(), out));
      case UserResult.Resolved resolved ->
          act(out -> session.listed(nowNs, turn, resolved.elements(), out));
      case UserResult.UnknownPool _ ->
          act(out -> session.noChoice(nowNs, turn, false, "no such pool", out));
      case UserResult.Unavailable(var detail) ->
          act(out -> session.noChoice(nowNs, turn, false, detail, out));
      case UserResult.Refused(var causes) ->
          act(out -> session.noChoice(nowNs, turn, true, causes.toString(), out));
      case UserResult.Illegal(var detail) ->
          act(out -> session.noChoice(nowNs, turn, true, detail, out));
      case UserResult.Done() -> {}
    }
  }

  private Link call(PoolElementParameter element, long limitNs) {
    return sessions.call(this, element, Duration.ofNanos(limitNs));
  }

  /// The link is of no use any more; a message that was begun will never be finished.
  private @Nullable Link forget(LinkId id) {
    Link link = links.remove(id);
    if (link != null) {
      ids.remove(link);
      sessions.disown(link);
      if (id.equals(current)) {
        current = null;
        tell(new SessionDeed.Unlinked(number, link.number()));
        if (begun != null) {
          begun = null;
          long nowNs = now();
          session.unwritten(nowNs, id, effects::addLast);
        }
      }
    }
    return link;
  }

  @Override
  public void up(Link link) {
    Long probe = probes.remove(link);
    LinkId id = ids.get(link);
    if (probe != null) {
      sessions.disown(link);
      link.close();
      act(out -> session.probed(now(), probe, ProbeResult.ACCEPTS, out));
    } else if (id != null) {
      current = id;
      wasListed = false;
      tell(new SessionDeed.Linked(number, link.number()));
      act(out -> session.linkUp(now(), id, true, out));
    }
  }

  @Override
  public void down(Link link, LossReason reason, String detail) {
    Long probe = probes.remove(link);
    LinkId id = ids.get(link);
    if (probe != null) {
      ProbeResult result =
          reason == LossReason.REFUSED ? ProbeResult.REFUSES : ProbeResult.UNREACHABLE;
      act(out -> session.probed(now(), probe, result, out));
    } else if (id != null) {
      forget(id);
      act(out -> {
        switch (reason) {
          case CLOSED -> session.endReceived(now(), id, out);
          case RESET, OFFENDING -> session.linkDown(now(), id, LossSource.RESET, detail, out);
          case REFUSED -> session.linkDown(now(), id, LossSource.REFUSED, detail, out);
          case UNREACHABLE -> session.linkDown(now(), id, LossSource.CONNECT_TIMEOUT, detail, out);
        }
      });
    }
  }

  @Override
  public void received(Link link, int ppid, byte[] message) {
    LinkId id = ids.get(link);
    if (id == null) {
      return;
    }
    tell(new SessionDeed.Heard(number, link.number()));
    if (ppid != Protocol.ASAP.ppid()) {
      if (Piece.of(message) instanceof Piece.Reply reply) {
        tell(new SessionDeed.CameReply(number, link.number(), reply));
        session.received(now(), id, reply);
      }
      work();
    } else if (sessions.codec().decode(message, 0, message.length)
        instanceof Decoded.Message<AsapMessage>(AsapMessage control, var _, var _)) {
      if (control instanceof AsapCookie(Octets cookie)) {
        tell(new SessionDeed.CameCookie(number, link.number(), cookie));
      }
      act(out -> session.controlReceived(now(), id, control, out));
    } else {
      forget(id);
      link.abort();
      act(out -> session.linkDown(now(), id, LossSource.RESET, "no such message", out));
    }
  }

  @Override
  public void roomy(Link link) {
    LinkId id = ids.get(link);
    Outgoing<Piece> finished = begun;
    if (id != null && id.equals(current) && finished != null && link.hasRoom()) {
      begun = null;
      put(id, link, finished);
    }
    work();
  }

  /// Writes one thing, if there is anything and room for it.
  private boolean write() {
    LinkId id = current;
    Link link = id == null ? null : links.get(id);
    if (id == null || link == null || begun != null) {
      return false;
    }
    Outgoing<Piece> next = session.next(id);
    if (next instanceof Outgoing.Nothing<Piece>) {
      return false;
    }
    session.writing(id);
    if (link.hasRoom()) {
      put(id, link, next);
      return true;
    }
    begun = next;
    return false;
  }

  private void put(LinkId id, Link link, Outgoing<Piece> what) {
    switch (what) {
      case Outgoing.Control<Piece>(AsapMessage message) -> {
        tell(
            message instanceof AsapCookieEcho(Octets cookie)
                ? new SessionDeed.WroteEcho(number, link.number(), cookie)
                : new SessionDeed.WroteControl(number, link.number()));
        link.send(Protocol.ASAP.ppid(), sessions.codec().encode(message));
      }
      case Outgoing.Data<Piece>(Piece piece) -> {
        if (piece instanceof Piece.Request request) {
          tell(new SessionDeed.WroteData(number, link.number(), request));
        }
        link.send(Piece.PPID, piece.toBytes());
      }
      case Outgoing.End<Piece>(), Outgoing.Nothing<Piece>() -> {}
    }
    session.written(now(), id, effects::addLast);
  }

  @Override
  public void tick(long nowNs) {
    application.tick(nowNs);
    act(out -> session.tick(nowNs, out));
  }

  @Override
  public long nextDeadlineNs() {
    return isGone
        ? Long.MAX_VALUE
        : Math.min(session.nextDeadlineNs(), application.nextDeadlineNs());
  }

  private void event(String what) {
    if (node.isTold()) {
      node.tell("event", "session=" + number + " " + what);
    }
  }
}
