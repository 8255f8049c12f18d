package io.rserpool.engine.session;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapMessage;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A session: which element it is on, what is queued in both directions, what it knows of the
/// element's state (the newest cookie), and what to do when the element fails.
///
/// | phase | means | leads to |
/// |---|---|---|
/// | MOVING | no element yet, or on the way to another one | GREETING, UP, OVER, CLOSED |
/// | GREETING | on a new element, which only the application's greeting uses yet | UP, MOVING, OVER, CLOSED |
/// | UP | an element serves | MOVING, FAILED or OVER by the mode, CLOSED |
/// | FAILED | the application has to ask for the failover | MOVING, CLOSED |
/// | OVER | ended for good | CLOSED |
/// | CLOSED | by the application | nothing |
///
/// Touched by one thread at a time. After every call the host looks at [#next] of its link, at
/// [#hasNews] and at [#nextDeadlineNs] again: any of them may have changed.
/// The package says what an application may rely on.
///
/// @param <P> the application's data
public final class UserSession<P extends Payload> {

  /// Where the session stands.
  public enum Phase {
    MOVING,
    GREETING,
    UP,
    FAILED,
    OVER,
    CLOSED
  }

  private final Standing<P> session;
  private final Departures<P> departures;
  private final Arrivals<P> arrivals;
  private final Traffic<P> traffic;

  /// A session that has not begun: [#open] does that.
  ///
  /// @param random spreads moves
  public UserSession(PoolHandle handle, SessionSettings settings, RandomGenerator random) {
    session = new Standing<>(handle, settings, random);
    departures = new Departures<>(session);
    arrivals = new Arrivals<>(session, departures);
    traffic = new Traffic<>(session, departures, arrivals);
  }

  // ---- the application ----

  /// Looks for the first element. Each element of the pool is tried once; then the session is OVER.
  public void open(long nowNs, SessionEffects out) {
    open(nowNs, false, out);
  }

  /// As [#open(long, SessionEffects)].
  ///
  /// @param opensFailed whether the session is FAILED instead of OVER if there is no element (mode
  ///     MANUAL): each [#failover] tries once more then, and the first element that answers is told
  ///     by the phase UP alone
  public void open(long nowNs, boolean opensFailed, SessionEffects out) {
    departures.open(new Turn(nowNs, out), opensFailed);
  }

  /// Before [#open]: the order in which elements of this pool are to be tried first, as another
  /// session's element recommended it.
  ///
  /// @throws IllegalArgumentException if it is another pool's card
  public void follow(AsapBusinessCard card) {
    session.control.follow(card);
  }

  /// The application, whose protocol is one of requests and answers, begins a request and is done with
  /// all before: the cookie is forgotten, and one that comes counts only after data which came after
  /// something was given to an element. So what follows the last answer is not taken for a part of the
  /// next one. An element that the session is on already keeps the cookie that it was given; the next
  /// one gets none of those.
  public void beginRequest() {
    session.control.beginRequest();
    session.news.forgetCookie();
  }

  /// Takes data to send; false if there is no room or no element now: then the host waits and asks
  /// again.
  ///
  /// @throws IllegalStateException after [#endOutput]
  public boolean offer(long nowNs, P payload) {
    if (session.output.isEnded()) {
      throw new IllegalStateException("nothing can be sent after the end of output");
    }
    if (!session.takesData()) {
      return false;
    }
    session.output.add(nowNs, payload);
    return true;
  }

  /// Whether [#offer] would take data of any size.
  public boolean mayOffer() {
    return session.takesData();
  }

  /// Takes data of the greeting; it goes before what was offered. Only in phase GREETING, and in vain
  /// once the new element has failed.
  public void greet(long nowNs, P payload) {
    if (session.phase == Phase.GREETING && session.inUse() != null) {
      session.output.addGreeting(nowNs, payload);
    }
  }

  /// The greeting is over. If the new element fails meanwhile, the phase stays GREETING and [#loss]
  /// tells why, until the greeter is told and ends by this call: there is one greeter at a time.
  ///
  /// @param isGood false to give the new element up
  public void greeted(long nowNs, boolean isGood, SessionEffects out) {
    arrivals.greeted(new Turn(nowNs, out), isGood);
  }

  /// No more is sent after what was offered.
  public void endOutput(long nowNs) {
    session.output.end(nowNs);
  }

  /// Whether all that was offered is written.
  public boolean isDrained() {
    return session.output.isDrained();
  }

  /// Whether all of the greeting is written.
  public boolean isGreetingDrained() {
    return session.output.isGreetingDrained();
  }

  /// Whether [#poll] would give something. In phase GREETING only what the new element sent counts if
  /// `isGreeter`, only what is left of old ones otherwise.
  public boolean hasNews(boolean isGreeter) {
    return session.news.has(isGreeter && session.phase == Phase.GREETING);
  }

  /// Takes what the application hears next.
  public Optional<SessionNews<P>> poll(long nowNs, boolean isGreeter) {
    Optional<SessionNews<P>> news = session.news.poll(isGreeter && session.phase == Phase.GREETING);
    session.senses.read(nowNs);
    return news;
  }

  /// What [#poll] would give: for applications that take data in parts.
  public Optional<SessionNews<P>> peek(boolean isGreeter) {
    return session.news.peek(isGreeter && session.phase == Phase.GREETING);
  }

  /// Drops all data that came and was not taken; in phase GREETING only that of old elements.
  public void discard(long nowNs) {
    session.news.discard();
    session.senses.read(nowNs);
  }

  /// Tells that the application begins to wait for input, or has stopped waiting: the read time-out
  /// runs only meanwhile.
  public void waiting(long nowNs, boolean isWaiting) {
    waiting(nowNs, isWaiting, false);
  }

  /// As [#waiting(long, boolean)]; in phase GREETING only the greeter's waiting counts.
  public void waiting(long nowNs, boolean isWaiting, boolean isGreeter) {
    session.senses.patience.waiting(nowNs, isWaiting, isGreeter);
  }

  /// Takes the present element for failed.
  public void fail(long nowNs, String reason, SessionEffects out) {
    if (session.inUse() != null && session.phase != Phase.CLOSED) {
      departures.lose(new Turn(nowNs, out), LossSource.APPLICATION, reason, false);
    }
  }

  /// Moves to another element (mode MANUAL; in UP it takes the present one for failed first).
  ///
  /// @return false if the phase does not allow it
  public boolean failover(long nowNs, SessionEffects out) {
    return departures.failover(new Turn(nowNs, out));
  }

  /// Gives the present element the application's own business card, and every later one as well (RFC
  /// 5352 section 3.9: for users that are pool elements, too).
  public void present(long nowNs, AsapBusinessCard card) {
    session.control.present(card);
    Link link = session.inUse();
    if (link != null && link.hasControl) {
      session.output.addCard(nowNs, card);
    }
  }

  /// Ends the session; what was accepted may still be written while the host waits for
  /// [#isDrained], then calls [#closed].
  public void close(long nowNs, SessionEffects out) {
    departures.close(new Turn(nowNs, out));
  }

  /// Ends the link of a session that was closed.
  public void closed(SessionEffects out) {
    departures.closed(out);
  }

  // ---- what is asked of the session ----

  /// Where it stands.
  public Phase phase() {
    return session.phase;
  }

  /// The element that serves or served last; empty before the first.
  public Optional<PoolElementParameter> element() {
    return Optional.ofNullable(session.element);
  }

  /// Whether the element ended its stream in order; so [SessionNews.Ended] was told or will be.
  public boolean hasEnded() {
    return session.link != null && session.link.hasEnded;
  }

  /// Why the session has no element, or is over; in phase GREETING that the new element has failed.
  public Optional<Loss> loss() {
    return Optional.ofNullable(session.loss);
  }

  /// The newest cookie since [#beginRequest].
  public Optional<Octets> cookie() {
    return Optional.ofNullable(session.control.cookie());
  }

  /// The elements' newest business card.
  public Optional<AsapBusinessCard> card() {
    return Optional.ofNullable(session.control.card());
  }

  /// The last move.
  public Optional<SessionMove> lastMove() {
    return Optional.ofNullable(session.lastMove);
  }

  // ---- the pool user's engine ----

  /// The answer to [SessionEffect.Choose].
  public void chosen(long nowNs, long turn, PoolElementParameter element, SessionEffects out) {
    Turn now = new Turn(nowNs, out);
    session.moving.chosen(now, turn, element);
    departures.afterSearch(now);
  }

  /// The answer to [SessionEffect.Enumerate].
  public void listed(
      long nowNs, long turn, List<PoolElementParameter> elements, SessionEffects out) {
    Turn now = new Turn(nowNs, out);
    if (session.senses.check.isAnswer(turn)) {
      traffic.poolSeen(now, elements, PoolCheck.isWhole(elements));
    } else {
      session.moving.listed(now, turn, elements);
      departures.afterSearch(now);
    }
  }

  /// Nobody could be named.
  ///
  /// @param isFinal whether asking again cannot help
  /// @param reason for people
  public void noChoice(long nowNs, long turn, boolean isFinal, String reason, SessionEffects out) {
    Turn now = new Turn(nowNs, out);
    session.moving.noChoice(now, turn, isFinal, reason);
    departures.afterSearch(now);
  }

  /// The registrar told the state of the pool, or it was polled.
  ///
  /// @param isWhole whether the list is known to hold all elements
  /// @param isPushed whether changes come by themselves
  public void poolChanged(
      long nowNs,
      List<PoolElementParameter> elements,
      boolean isWhole,
      boolean isPushed,
      SessionEffects out) {
    session.senses.sight.pushed(isPushed);
    traffic.poolSeen(new Turn(nowNs, out), elements, isWhole);
  }

  // ---- the transport ----

  /// A call was answered.
  ///
  /// @param hasControl whether there is a control channel beside the data
  public void linkUp(long nowNs, LinkId link, boolean hasControl, SessionEffects out) {
    arrivals.linkUp(new Turn(nowNs, out), link, hasControl);
  }

  /// A call was not answered, or a link is lost; never after [SessionEffect.Close] or
  /// [SessionEffect.Abort].
  public void linkDown(
      long nowNs, LinkId link, LossSource source, String reason, SessionEffects out) {
    arrivals.linkDown(new Turn(nowNs, out), link, source, reason);
  }

  /// Whether more of this link may be read; else the transport holds the element back.
  public boolean mayRead(LinkId link) {
    return session.heard(link) != null && session.inUse() != null && session.news.hasRoom();
  }

  /// Data came.
  public void received(long nowNs, LinkId link, P payload) {
    traffic.received(nowNs, link, payload);
  }

  /// A message on the control channel came.
  public void controlReceived(long nowNs, LinkId link, AsapMessage message, SessionEffects out) {
    traffic.controlReceived(new Turn(nowNs, out), link, message);
  }

  /// The element ended its stream in order.
  public void endReceived(long nowNs, LinkId link, SessionEffects out) {
    traffic.endReceived(new Turn(nowNs, out), link);
  }

  /// What to write next; it stays the next until [#written].
  public Outgoing<P> next(LinkId link) {
    return traffic.next(link);
  }

  /// What [#next] gave is being written: whatever becomes of the link, the session waits for
  /// [#written] or [#unwritten] before it decides what the next element gets.
  public void writing(LinkId link) {
    traffic.writing(link);
  }

  /// It was written as a whole.
  public void written(long nowNs, LinkId link, SessionEffects out) {
    traffic.written(new Turn(nowNs, out), link);
  }

  /// It was not written as a whole, and the link is of no use any more: it counts as lost with the
  /// source RESET unless [#linkDown] has said more before.
  public void unwritten(long nowNs, LinkId link, SessionEffects out) {
    traffic.unwritten(new Turn(nowNs, out), link);
  }

  /// The answer to [SessionEffect.Probe].
  public void probed(long nowNs, long turn, ProbeResult result, SessionEffects out) {
    traffic.probed(new Turn(nowNs, out), turn, result);
  }

  // ---- the time ----

  /// Does what is due.
  public void tick(long nowNs, SessionEffects out) {
    traffic.tick(new Turn(nowNs, out));
  }

  /// When [#tick] is to be called next, or [io.rserpool.engine.Engine#NEVER].
  public long nextDeadlineNs() {
    return session.deadlineNs();
  }
}
