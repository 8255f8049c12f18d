package io.rserpool.engine.session;

import static io.rserpool.engine.session.SessionScript.MS;
import static io.rserpool.engine.session.SessionScript.POOL;
import static io.rserpool.engine.session.SessionScript.element;
import static io.rserpool.engine.session.SessionScript.elements;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Engine;
import io.rserpool.engine.session.UserSession.Phase;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One session in a world where anything may happen at any time, and what must hold all the same.
final class SessionChaos {

  /// A numbered message; greetings are not among those that may not be lost.
  record Piece(long number, int size, SendOption option, boolean isGreeting) implements Payload {}

  private static final int ELEMENTS = 5;

  private final SplittableRandom random;
  private final SessionMode mode;
  private final UserSession<Piece> session;
  private final List<Long> offered = new ArrayList<>();
  private final List<Long> written = new ArrayList<>();
  private long nowNs = -1000 * MS;
  private long turn;
  private long probeTurn;
  private @Nullable LinkId calling;
  private @Nullable LinkId live;
  private @Nullable LinkId writing;
  private @Nullable Outgoing<Piece> writingWhat;
  private ElementId called = ElementId.NONE;
  private ElementId heard = ElementId.NONE;
  private boolean hasControl;
  private boolean isFirstWord;
  private boolean isGreeting;
  private @Nullable Octets cookie;
  private @Nullable Octets cookieAtStart;
  // Of the request that was begun last: whether any data was given since, and came after that.
  private boolean isGiven = true;
  private boolean isAnswered = true;
  private long lastIn;
  private long lastOut;
  private long lastRead;
  private long effects;

  SessionChaos(SessionSettings settings, long seed) {
    random = new SplittableRandom(seed);
    mode = settings.mode();
    session = new UserSession<>(POOL, settings, random.split());
  }

  /// Everything happens, then everything works: the session has to be well again, or to have ended.
  long run(int steps) {
    session.open(nowNs, random.nextBoolean(), this::take);
    for (int i = 0; i < steps && session.phase() != Phase.CLOSED; i++) {
      step();
      check();
    }
    heal();
    return effects;
  }

  private void step() {
    if (random.nextInt(3) > 0 && (session.phase() == Phase.MOVING || isGreeting)) {
      // Else most sessions would be over before anything happened to them.
      arrive();
      return;
    }
    switch (random.nextInt(16)) {
      case 0, 1 -> pass(random.nextInt(400));
      case 2 -> pass(random.nextInt(5000));
      case 3 -> answer();
      case 4 -> transport();
      case 5, 6 -> offer();
      case 7, 8 -> write(random.nextInt(10) > 0);
      case 9, 10 -> receive();
      case 11 -> control();
      case 12, 13 -> read();
      case 14 -> application();
      default -> pool();
    }
  }

  private void arrive() {
    if (calling != null) {
      linkUp();
    } else if (isGreeting) {
      greeted(random.nextInt(10) > 0);
    } else if (writing != null) {
      write(random.nextBoolean());
    } else {
      answer();
    }
  }

  private void pass(long ms) {
    long endNs = nowNs + ms * MS + random.nextInt(2);
    while (session.nextDeadlineNs() <= endNs) {
      // Sometimes the host is late.
      long lateNs = random.nextInt(20) == 0 ? random.nextLong(700 * MS) : 0;
      nowNs = Math.max(nowNs, session.nextDeadlineNs()) + lateNs;
      session.tick(nowNs, this::take);
      assertThat(session.nextDeadlineNs()).as("next deadline").isGreaterThan(nowNs);
    }
    nowNs = Math.max(nowNs, endNs);
  }

  private void answer() {
    long answered = random.nextInt(10) == 0 ? random.nextLong(turn + 2) : turn;
    switch (random.nextInt(4)) {
      case 0 -> session.noChoice(nowNs, answered, random.nextInt(50) == 0, "no answer", this::take);
      case 1 -> session.listed(nowNs, answered, some(), this::take);
      default -> session.chosen(nowNs, answered, any(), this::take);
    }
    ProbeResult result =
        switch (random.nextInt(3)) {
          case 0 -> ProbeResult.REFUSES;
          case 1 -> ProbeResult.ACCEPTS;
          default -> ProbeResult.UNREACHABLE;
        };
    session.probed(nowNs, probeTurn, result, this::take);
  }

  private PoolElementParameter any() {
    return element(1 + random.nextInt(ELEMENTS));
  }

  private List<PoolElementParameter> some() {
    return elements(random.ints(random.nextInt(4), 1, ELEMENTS + 1).distinct().toArray());
  }

  private void transport() {
    if (calling != null && random.nextInt(3) > 0) {
      linkUp();
    } else if (calling != null) {
      LinkId link = calling;
      calling = null;
      session.linkDown(nowNs, link, LossSource.REFUSED, "refused", this::take);
    } else if (live != null && random.nextInt(3) == 0) {
      LinkId link = live;
      live = null;
      session.linkDown(nowNs, link, LossSource.RESET, "reset", this::take);
    } else if (live != null && random.nextInt(20) == 0) {
      session.endReceived(nowNs, live, this::take);
    } else {
      session.linkDown(nowNs, new LinkId(1_000_000), LossSource.RESET, "nobody", this::take);
    }
  }

  private void linkUp() {
    LinkId link = calling;
    assertThat(link).isNotNull();
    calling = null;
    live = link;
    heard = called;
    hasControl = random.nextInt(4) > 0;
    isFirstWord = true;
    cookieAtStart = hasControl ? cookie : null;
    session.linkUp(nowNs, link, hasControl, this::take);
  }

  private void offer() {
    SendOption option = random.nextInt(4) == 0 ? SendOption.NO_FAILOVER : SendOption.FAILOVER;
    Piece piece = new Piece(lastOut + 1, random.nextInt(400), option, false);
    if (session.phase() == Phase.GREETING && random.nextBoolean()) {
      session.greet(nowNs, new Piece(0, 1, SendOption.FAILOVER, true));
    } else if (session.offer(nowNs, piece)) {
      lastOut++;
      assertThat(session.phase()).isEqualTo(Phase.UP);
      if (option == SendOption.FAILOVER) {
        offered.add(piece.number());
      }
    }
  }

  /// Begins or ends the writing of the next thing.
  private void write(boolean isGood) {
    LinkId link = writing;
    if (link != null) {
      Outgoing<Piece> what = writingWhat;
      writing = null;
      writingWhat = null;
      if (isGood) {
        note(what);
        session.written(nowNs, link, this::take);
      } else {
        if (link.equals(live) && random.nextBoolean()) {
          live = null;
          session.linkDown(nowNs, link, LossSource.RESET, "writing", this::take);
        }
        session.unwritten(nowNs, link, this::take);
      }
    } else if (live != null) {
      Outgoing<Piece> next = session.next(live);
      assertThat(session.next(live)).isEqualTo(next);
      if (!(next instanceof Outgoing.Nothing<Piece>)) {
        checkNext(next);
        writing = live;
        writingWhat = next;
        isGiven |= next instanceof Outgoing.Data<Piece>;
        session.writing(live);
      }
    }
  }

  private void checkNext(Outgoing<Piece> next) {
    if (isFirstWord && cookieAtStart != null) {
      assertThat(next)
          .as("the cookie echo is the first thing that an element is given")
          .isEqualTo(new Outgoing.Control<Piece>(new AsapCookieEcho(cookieAtStart)));
    }
    isFirstWord = false;
    if (session.phase() == Phase.GREETING) {
      assertThat(next).isNotInstanceOf(Outgoing.End.class);
      assertThat(next instanceof Outgoing.Data<Piece>(Piece piece) && !piece.isGreeting())
          .as("only the greeting while an element is greeted")
          .isFalse();
    }
    if (!hasControl) {
      assertThat(next).isNotInstanceOf(Outgoing.Control.class);
    }
  }

  private void note(@Nullable Outgoing<Piece> what) {
    if (what instanceof Outgoing.Data<Piece>(Piece piece) && !piece.isGreeting()) {
      assertThat(written).doesNotContain(piece.number());
      written.add(piece.number());
    }
  }

  private void receive() {
    LinkId link = live;
    if (link != null && session.mayRead(link)) {
      isAnswered |= isGiven;
      session.received(
          nowNs, link, new Piece(++lastIn, random.nextInt(400), SendOption.FAILOVER, false));
    }
  }

  private void control() {
    LinkId link = live;
    if (link == null || !hasControl || !session.mayRead(link)) {
      return;
    }
    AsapMessage message =
        switch (random.nextInt(8)) {
          case 0, 1 -> new AsapCookie(Octets.ofUtf8("cookie " + random.nextInt(1000)));
          case 2 -> new AsapBusinessCard(POOL, List.of(any(), any()));
          case 3 ->
              random.nextInt(10) == 0
                  ? new AsapError(List.of(ErrorCause.of(CauseCode.SECURITY)))
                  : new AsapError(List.of(ErrorCause.of(CauseCode.UNSPECIFIED)));
          default -> new AsapEndpointKeepAliveAck(POOL, heard);
        };
    if (message instanceof AsapCookie(Octets newest) && isAnswered) {
      cookie = newest;
    }
    session.controlReceived(nowNs, link, message, this::take);
  }

  private void read() {
    boolean isGreeter = isGreeting && random.nextBoolean();
    Phase phase = session.phase();
    Optional<SessionNews<Piece>> news = session.poll(nowNs, isGreeter);
    if (isGreeter && phase == Phase.GREETING) {
      return;
    }
    switch (news.orElse(null)) {
      case null -> assertThat(session.hasNews(false)).isFalse();
      case SessionNews.Data<Piece>(Piece piece, ElementId _) -> {
        assertThat(piece.number()).as("data in order").isGreaterThan(lastRead);
        lastRead = piece.number();
      }
      case SessionNews.Unsent<Piece>(Piece piece, Loss _) -> {
        assertThat(piece.option()).isEqualTo(SendOption.NO_FAILOVER);
        assertThat(written).doesNotContain(piece.number());
      }
      case SessionNews.FailoverNecessary<Piece> _ -> assertThat(mode).isEqualTo(SessionMode.MANUAL);
      case SessionNews.Over<Piece> _ -> assertThat(session.phase()).isEqualTo(Phase.OVER);
      case SessionNews.Moved<Piece> _,
          SessionNews.NewCookie<Piece> _,
          SessionNews.NewCard<Piece> _,
          SessionNews.PoolChanged<Piece> _,
          SessionNews.Ended<Piece> _ -> {
        // Nothing to compare with.
      }
    }
  }

  private void application() {
    switch (random.nextInt(11)) {
      case 10 -> beginRequest();
      case 0, 1, 2 -> greeted(random.nextInt(5) > 0);
      case 3 -> session.waiting(nowNs, random.nextBoolean());
      case 4 -> session.waiting(nowNs, random.nextBoolean(), true);
      case 5 -> session.discard(nowNs);
      case 6, 7 -> session.failover(nowNs, this::take);
      case 8 -> session.present(nowNs, new AsapBusinessCard(POOL, List.of(any())));
      default -> {
        if (random.nextInt(5) == 0) {
          session.fail(nowNs, "by chance", this::take);
        }
      }
    }
  }

  private void beginRequest() {
    session.beginRequest();
    cookie = null;
    isGiven = false;
    isAnswered = false;
    if (session.phase() == Phase.MOVING) {
      // A link may be up already, but waits for what becomes of a message to the old one.
      cookieAtStart = null;
    }
  }

  private void greeted(boolean isGood) {
    if (isGreeting) {
      isGreeting = false;
      session.greeted(nowNs, isGood, this::take);
    }
  }

  private void pool() {
    session.poolChanged(nowNs, some(), random.nextInt(4) > 0, random.nextBoolean(), this::take);
  }

  private void take(SessionEffect effect) {
    effects++;
    switch (effect) {
      case SessionEffect.Choose choose -> turn = choose.turn();
      case SessionEffect.Enumerate list -> turn = list.turn();
      case SessionEffect.Probe probe -> probeTurn = probe.turn();
      case SessionEffect.Call call -> {
        assertThat(calling).as("open call").isNull();
        assertThat(live).as("live link").isNull();
        assertThat(call.limitNs()).isPositive();
        calling = call.link();
        called = call.element().elementId();
      }
      case SessionEffect.Close close -> ended(close.link());
      case SessionEffect.Abort abort -> ended(abort.link());
      case SessionEffect.Greet _ -> {
        assertThat(isGreeting).as("a greeter at work").isFalse();
        assertThat(writing).as("something that may still be written").isNull();
        isGreeting = true;
      }
      case SessionEffect.Report _ -> assertThat(session.phase()).isNotEqualTo(Phase.CLOSED);
      case SessionEffect.Tell tell -> assertThat(tell.event().describe()).startsWith("pool=echo");
    }
  }

  private void ended(LinkId link) {
    assertThat(link.equals(calling) || link.equals(live)).as(link + " is in use").isTrue();
    if (link.equals(calling)) {
      calling = null;
    } else {
      live = null;
    }
  }

  private void check() {
    assertThat(session.cookie())
        .as("newest cookie that counts")
        .isEqualTo(Optional.ofNullable(cookie));
    switch (session.phase()) {
      case MOVING -> assertThat(session.nextDeadlineNs()).isNotEqualTo(Engine.NEVER);
      case UP -> {
        assertThat(live).isNotNull();
        assertThat(calling).isNull();
        assertThat(session.loss()).isEmpty();
      }
      case GREETING -> {
        assertThat(isGreeting).isTrue();
        assertThat(live == null).isEqualTo(session.loss().isPresent());
      }
      case FAILED, OVER -> {
        assertThat(live).isNull();
        assertThat(calling).isNull();
        assertThat(session.loss()).isPresent();
        assertThat(session.nextDeadlineNs()).isEqualTo(Engine.NEVER);
      }
      case CLOSED -> assertThat(calling).isNull();
    }
    assertThat(written).as("messages in order").isSorted();
  }

  /// From now on everything works, and elements answer at once.
  private void heal() {
    for (int i = 0; i < 10_000 && !isWell(); i++) {
      if (writing != null) {
        write(true);
      } else if (calling != null) {
        linkUp();
      } else if (isGreeting) {
        greeted(true);
      } else if (session.phase() == Phase.FAILED && session.failover(nowNs, this::take)) {
        check();
      } else if (session.phase() == Phase.MOVING) {
        session.chosen(nowNs, turn, element(1 + i % ELEMENTS), this::take);
        session.listed(nowNs, turn, elements(1, 2, 3, 4, 5), this::take);
        pass(10);
      } else {
        write(true);
        while (session.hasNews(false)) {
          read();
        }
      }
      check();
    }
    assertThat(isWell()).as("well again, or over: " + session.phase()).isTrue();
    if (session.phase() == Phase.UP && mode == SessionMode.AUTOMATIC) {
      assertThat(written).as("all that may move").containsAll(offered);
    }
    close();
  }

  private boolean isWell() {
    return switch (session.phase()) {
      case UP ->
          writing == null
              && session.isDrained()
              && live != null
              && session.next(live) instanceof Outgoing.Nothing<Piece>;
      case OVER -> writing == null && !session.hasNews(false);
      case MOVING, GREETING, FAILED, CLOSED -> false;
    };
  }

  private void close() {
    session.close(nowNs, this::take);
    session.closed(this::take);
    assertThat(live).isNull();
    assertThat(calling).isNull();
    assertThat(session.nextDeadlineNs()).isEqualTo(Engine.NEVER);
    assertThat(session.hasNews(false)).isFalse();
  }
}
