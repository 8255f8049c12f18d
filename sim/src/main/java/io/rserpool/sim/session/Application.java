package io.rserpool.sim.session;

import io.rserpool.engine.Engine;
import io.rserpool.engine.session.SendOption;
import io.rserpool.engine.session.SessionMove;
import io.rserpool.engine.session.SessionNews;
import io.rserpool.engine.session.SessionSettings;
import io.rserpool.engine.session.UserSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The application of one session: it asks, reads the answers, and asks again on another element for
/// what came after the newest cookie.
final class Application {

  private static final double DISLIKE_SHARE = 0.03;
  private static final double LAZY_SHARE = 0.4;
  private static final double OPTION_SHARE = 0.2;
  private static final double PART = 0.2;

  /// How it asks again.
  private enum Greeting {
    /// In the greeting, without waiting for anything.
    SENDS,
    /// In the greeting, which lasts until all is answered.
    TALKS,
    /// After it, when it has read that the session is on another element.
    LATER
  }

  private final SessionHost host;
  private final UserSession<Piece> session;
  private final RandomGenerator random;
  private final Greeting greeting;
  private final SendOption option;
  private final boolean isManual;
  private final boolean isLazy;
  private final boolean readsFirst;
  private final Duration unit;
  private final List<Long> values = new ArrayList<>();
  private State state;
  private int covered;
  private int answered;
  private int offered;
  private int greetsUpTo;
  private int greetedUpTo;
  private long serial;
  private boolean isGreeting;
  private boolean isToRepeat;
  private boolean isWaiting;
  private long readsAtNs = Engine.NEVER;
  private long movesAtNs = Engine.NEVER;
  private long endsAtNs = Engine.NEVER;

  Application(
      SessionHost host,
      UserSession<Piece> session,
      SessionSettings settings,
      SessionPlan plan,
      RandomGenerator random) {
    this.host = host;
    this.session = session;
    this.random = random;
    this.unit = plan.unit();
    this.state = State.begin(host.number());
    this.isLazy = random.nextDouble() < LAZY_SHARE;
    this.option = random.nextDouble() < OPTION_SHARE ? SendOption.NO_FAILOVER : SendOption.FAILOVER;
    isManual =
        switch (settings.mode()) {
          case MANUAL -> true;
          case AUTOMATIC, NONE -> false;
        };
    // What is queued in mode AUTOMATIC goes before anything that is offered later.
    boolean mayBeLater = isManual;
    Greeting[] kinds = Greeting.values();
    this.greeting = kinds[random.nextInt(mayBeLater ? kinds.length : kinds.length - 1)];
    this.readsFirst = greeting == Greeting.TALKS || random.nextBoolean();
  }

  /// Wants something new.
  void ask(int count) {
    for (int i = 0; i < count; i++) {
      long value = random.nextLong();
      values.add(value);
      state = state.after(value);
      host.tell(new SessionDeed.Asked(host.number(), state));
    }
  }

  /// Does one thing, if there is anything to do.
  boolean work() {
    if (offer()) {
      return true;
    }
    if (isGreeting && session.loss().isPresent()) {
      greeted(false);
      return true;
    }
    boolean waits = answered < values.size();
    if (waits != isWaiting) {
      isWaiting = waits;
      session.waiting(host.now(), waits);
    }
    if (!session.hasNews(isGreeting)) {
      return false;
    }
    if (isLazy && !isGreeting) {
      if (readsAtNs == Engine.NEVER) {
        readsAtNs = host.now() + aWhileNs();
      }
      return false;
    }
    return read(isGreeting);
  }

  private boolean offer() {
    if (isToRepeat || offered >= values.size()) {
      return false;
    }
    Piece.Request request = request(offered + 1, serial + 1);
    if (!session.offer(host.now(), request)) {
      return false;
    }
    serial++;
    offered++;
    return true;
  }

  private Piece.Request request(int number, long newSerial) {
    return new Piece.Request(host.number(), number, values.get(number - 1), newSerial, option);
  }

  private boolean read(boolean isGreeter) {
    Optional<SessionNews<Piece>> news = session.poll(host.now(), isGreeter);
    news.ifPresent(this::hear);
    return news.isPresent();
  }

  private void hear(SessionNews<Piece> news) {
    switch (news) {
      case SessionNews.Data<Piece>(Piece piece, var _) -> {
        if (piece instanceof Piece.Reply reply) {
          answered(reply);
        }
      }
      case SessionNews.NewCookie<Piece> _ -> covered = answered;
      case SessionNews.Moved<Piece> _ -> {
        host.tell(new SessionDeed.ReadMoved(host.number()));
        if (isToRepeat) {
          isToRepeat = false;
          offered = covered;
        }
      }
      case SessionNews.FailoverNecessary<Piece> _ -> {
        movesAtNs = host.now() + aWhileNs();
      }
      case SessionNews.Over<Piece>(var loss) -> {
        host.tell(new SessionDeed.Over(host.number(), loss.source(), loss.reason()));
        endsAtNs = host.now() + aWhileNs();
      }
      case SessionNews.NewCard<Piece> _ -> {}
      case SessionNews.PoolChanged<Piece> _ -> {}
      case SessionNews.Unsent<Piece> _ -> {}
      case SessionNews.Ended<Piece> _ -> {}
    }
  }

  private void answered(Piece.Reply reply) {
    host.tell(new SessionDeed.ReadReply(host.number(), reply));
    answered = Math.max(answered, reply.number());
    if (isGreeting) {
      greetedUpTo = Math.max(greetedUpTo, reply.number());
      endGreeting();
    }
  }

  /// The session is on another element.
  void greet(SessionMove move) {
    if (readsFirst) {
      while (session.hasNews(false)) {
        read(false);
      }
      readsAtNs = Engine.NEVER;
    }
    host.tell(new SessionDeed.Greets(host.number(), readsFirst));
    isGreeting = true;
    greetsUpTo = offered;
    greetedUpTo = covered;
    switch (greeting) {
      case LATER -> {
        isToRepeat = true;
        greeted(true);
      }
      case SENDS -> {
        repeat();
        boolean likes = random.nextDouble() >= DISLIKE_SHARE;
        if (!likes) {
          host.tell(new SessionDeed.Dislikes(host.number()));
        }
        greeted(likes);
      }
      case TALKS -> {
        host.tell(new SessionDeed.Talks(host.number()));
        repeat();
        session.waiting(host.now(), true, true);
        endGreeting();
      }
    }
  }

  private void repeat() {
    for (int number = covered + 1; number <= offered; number++) {
      session.greet(host.now(), request(number, 0));
    }
  }

  private void endGreeting() {
    if (isGreeting && greeting == Greeting.TALKS && greetedUpTo >= greetsUpTo) {
      greeted(true);
    }
  }

  private void greeted(boolean isGood) {
    isGreeting = false;
    session.waiting(host.now(), false, true);
    host.act(out -> session.greeted(host.now(), isGood, out));
  }

  void tick(long nowNs) {
    if (readsAtNs <= nowNs) {
      readsAtNs = Engine.NEVER;
      while (session.hasNews(isGreeting)) {
        read(isGreeting);
      }
    }
    if (movesAtNs <= nowNs) {
      movesAtNs = Engine.NEVER;
      host.tell(new SessionDeed.Searches(host.number()));
      host.act(out -> session.failover(nowNs, out));
    }
    if (endsAtNs <= nowNs) {
      endsAtNs = Engine.NEVER;
      host.replace();
    }
  }

  long nextDeadlineNs() {
    return Math.min(Math.min(readsAtNs, movesAtNs), endsAtNs);
  }

  private long aWhileNs() {
    return (long) (random.nextDouble() * PART * unit.toNanos());
  }
}
