package io.rserpool.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/// One session, what is done to it, and what it wants, in words.
final class SessionScript {

  static final PoolHandle POOL = PoolHandle.of("echo");
  static final long MS = 1_000_000;

  /// A message that is its text.
  record Text(String text, SendOption option) implements Payload {
    @Override
    public int size() {
      return text.length();
    }
  }

  final UserSession<Text> session;
  private final List<SessionEffect> effects = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  // The time crosses zero on the way: engines may not take it for anything special.
  private long nowNs = -700 * MS;
  private long turn;
  private LinkId link = new LinkId(0);

  SessionScript(SessionSettings settings, long seed) {
    session = new UserSession<>(POOL, settings, new SplittableRandom(seed));
  }

  static SessionSettings settings() {
    return SessionSettings.forProfile(Profile.RFC).toBuilder()
        .poolCheckInterval(Duration.ZERO)
        .moveSpread(Duration.ZERO)
        .build();
  }

  static SessionScript of(UnaryOperator<SessionSettings.Builder> change) {
    return of(change, 42);
  }

  private static SessionScript of(UnaryOperator<SessionSettings.Builder> change, long seed) {
    return new SessionScript(change.apply(settings().toBuilder()).build(), seed);
  }

  static SessionScript of(SessionMode mode) {
    return of(settings -> settings.mode(mode));
  }

  /// A session that is served by element 1, over a link with a control channel.
  static SessionScript up(UnaryOperator<SessionSettings.Builder> change) {
    return up(change, 42);
  }

  static SessionScript up(UnaryOperator<SessionSettings.Builder> change, long seed) {
    SessionScript script = of(change, seed).open().choose(1).linkUp();
    script.wants();
    script.told.clear();
    return script;
  }

  static SessionScript up(SessionMode mode) {
    return up(settings -> settings.mode(mode));
  }

  static SessionScript up() {
    return up(SessionMode.AUTOMATIC);
  }

  static PoolElementParameter element(int id) {
    return new PoolElementParameter(
        ElementId.of(id),
        ServerId.of(1),
        60,
        new AsapTransport.Tcp(new IpAddress.V4(0xc000_0200 | id), 7),
        new Policy.RoundRobin(),
        AsapTransport.Absent.INSTANCE);
  }

  static List<PoolElementParameter> elements(int... ids) {
    return Arrays.stream(ids).mapToObj(SessionScript::element).toList();
  }

  // The application.

  SessionScript open() {
    session.open(nowNs, this::take);
    return this;
  }

  SessionScript beginRequest() {
    session.beginRequest();
    return this;
  }

  boolean offer(String text) {
    return session.offer(nowNs, new Text(text, SendOption.FAILOVER));
  }

  boolean offerBound(String text) {
    return session.offer(nowNs, new Text(text, SendOption.NO_FAILOVER));
  }

  SessionScript greet(String text) {
    session.greet(nowNs, new Text(text, SendOption.FAILOVER));
    return this;
  }

  SessionScript greeted(boolean isGood) {
    session.greeted(nowNs, isGood, this::take);
    return this;
  }

  SessionScript endOutput() {
    session.endOutput(nowNs);
    return this;
  }

  SessionScript waits(boolean isWaiting) {
    session.waiting(nowNs, isWaiting);
    return this;
  }

  SessionScript greeterWaits(boolean isWaiting) {
    session.waiting(nowNs, isWaiting, true);
    return this;
  }

  SessionScript fail() {
    session.fail(nowNs, "nonsense", this::take);
    return this;
  }

  boolean failover() {
    return session.failover(nowNs, this::take);
  }

  SessionScript close() {
    session.close(nowNs, this::take);
    return this;
  }

  SessionScript closed() {
    session.closed(this::take);
    return this;
  }

  /// All that everybody may hear now.
  List<String> news() {
    return news(false);
  }

  List<String> news(boolean isGreeter) {
    List<String> all = new ArrayList<>();
    while (session.hasNews(isGreeter)) {
      assertThat(session.peek(isGreeter)).isPresent();
      String next = SessionWords.text(session.poll(nowNs, isGreeter).orElseThrow());
      all.add(next);
      if (isGreeter && next.equals("ended")) {
        break;
      }
    }
    return all;
  }

  String poll() {
    return SessionWords.text(session.poll(nowNs, false).orElseThrow());
  }

  // The pool user's engine.

  SessionScript choose(int id) {
    session.chosen(nowNs, turn, element(id), this::take);
    return this;
  }

  SessionScript list(int... ids) {
    session.listed(nowNs, turn, elements(ids), this::take);
    return this;
  }

  SessionScript noChoice(boolean isFinal) {
    session.noChoice(nowNs, turn, isFinal, "nobody there", this::take);
    return this;
  }

  SessionScript pushed(int... ids) {
    session.poolChanged(nowNs, elements(ids), true, true, this::take);
    return this;
  }

  SessionScript told(boolean isWhole, boolean isPushed, int... ids) {
    session.poolChanged(nowNs, elements(ids), isWhole, isPushed, this::take);
    return this;
  }

  SessionScript probed(ProbeResult result) {
    session.probed(nowNs, turn, result, this::take);
    return this;
  }

  // The transport; the newest link unless one is named.

  SessionScript linkUp() {
    return linkUp(true);
  }

  SessionScript linkUp(boolean hasControl) {
    session.linkUp(nowNs, link, hasControl, this::take);
    return this;
  }

  SessionScript linkDown(LossSource source) {
    return linkDown(link, source);
  }

  SessionScript linkDown(LinkId id, LossSource source) {
    session.linkDown(nowNs, id, source, "it says so", this::take);
    return this;
  }

  SessionScript receive(String text) {
    return receive(link, text);
  }

  SessionScript receive(LinkId id, String text) {
    session.received(nowNs, id, new Text(text, SendOption.FAILOVER));
    return this;
  }

  SessionScript receive(AsapMessage message) {
    session.controlReceived(nowNs, link, message, this::take);
    return this;
  }

  SessionScript cookie(String cookie) {
    return receive(new AsapCookie(Octets.ofUtf8(cookie)));
  }

  SessionScript card(int... ids) {
    return receive(new AsapBusinessCard(POOL, elements(ids)));
  }

  SessionScript ack(int id) {
    return receive(new AsapEndpointKeepAliveAck(POOL, ElementId.of(id)));
  }

  SessionScript refuse() {
    return receive(new AsapError(List.of(ErrorCause.of(CauseCode.SECURITY))));
  }

  SessionScript end() {
    session.endReceived(nowNs, link, this::take);
    return this;
  }

  String next() {
    return SessionWords.text(session.next(link));
  }

  /// What goes out until nothing is left.
  List<String> write() {
    List<String> all = new ArrayList<>();
    for (String next = next(); !next.equals("-"); next = next()) {
      all.add(next);
      writing().written(link);
    }
    return all;
  }

  SessionScript writing() {
    session.writing(link);
    return this;
  }

  SessionScript written(LinkId id) {
    session.written(nowNs, id, this::take);
    return this;
  }

  SessionScript unwritten(LinkId id) {
    session.unwritten(nowNs, id, this::take);
    return this;
  }

  LinkId link() {
    return link;
  }

  // The time.

  SessionScript pass(long ms) {
    return passNs(ms * MS);
  }

  /// Lets time pass, with a tick whenever the session wants one.
  SessionScript passNs(long ns) {
    long endNs = nowNs + ns;
    while (session.nextDeadlineNs() <= endNs) {
      nowNs = Math.max(nowNs, session.nextDeadlineNs());
      session.tick(nowNs, this::take);
      assertThat(session.nextDeadlineNs()).isGreaterThan(nowNs);
    }
    nowNs = endNs;
    return this;
  }

  /// Lets time pass without any tick, as if the host slept.
  SessionScript sleep(long ms) {
    nowNs += ms * MS;
    return this;
  }

  SessionScript tick() {
    session.tick(nowNs, this::take);
    return this;
  }

  long nowNs() {
    return nowNs;
  }

  /// The number of the newest question.
  long turn() {
    return turn;
  }

  // What the session wants.

  void take(SessionEffect effect) {
    effects.add(effect);
    switch (effect) {
      case SessionEffect.Choose choose -> turn = choose.turn();
      case SessionEffect.Enumerate enumerate -> turn = enumerate.turn();
      case SessionEffect.Probe probe -> turn = probe.turn();
      case SessionEffect.Call call -> link = call.link();
      case SessionEffect.Tell tell -> told.add(tell.event().describe());
      case SessionEffect.Close _,
          SessionEffect.Abort _,
          SessionEffect.Report _,
          SessionEffect.Greet _ -> {
        // Only to be looked at.
      }
    }
  }

  /// The effects since the last look, without what is told.
  List<String> wants() {
    List<String> all =
        effects.stream()
            .filter(effect -> !(effect instanceof SessionEffect.Tell))
            .map(SessionWords::text)
            .toList();
    effects.clear();
    return all;
  }

  /// What was told since the session began or was up.
  List<String> told() {
    return told;
  }
}
