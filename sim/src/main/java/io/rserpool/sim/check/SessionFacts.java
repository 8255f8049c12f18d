package io.rserpool.sim.check;

import io.rserpool.engine.session.SessionMode;
import io.rserpool.engine.session.SessionSettings;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.sim.session.Piece;
import io.rserpool.sim.session.SessionDeed;
import io.rserpool.sim.session.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What is really the case with one session: what its application wants, and what came and went.
public final class SessionFacts {

  private final SessionDeed.Opened opened;
  private final UserFacts user;
  private final List<State> states = new ArrayList<>();
  private final List<Long> askedNs = new ArrayList<>();
  private final HashMap<Octets, Integer> acknowledged = new HashMap<>();
  private @Nullable Octets cookie;
  private int answered;
  private long link;
  private long heardNs;
  private long repliedNs;
  private boolean isLinkNew;
  private boolean isLinkPastGreeting;
  private long serial;
  private long conversation;
  private long running;
  private boolean mayBeElsewhere = true;
  private long searchesSinceNs;
  private int calls;
  private long windowNs;
  private int efforts;
  private int dislikes;
  private boolean mayRepeat;
  private ElementId probed = ElementId.NONE;
  private boolean wasUp;
  private boolean isOver;

  /// A session that has just begun.
  public SessionFacts(SessionDeed.Opened opened, UserFacts user) {
    this.opened = opened;
    this.user = user;
    states.add(State.begin(opened.session()));
  }

  /// Its number in the scope.
  public long number() {
    return opened.session();
  }

  /// Its user.
  public UserFacts user() {
    return user;
  }

  /// Its pool.
  public PoolHandle handle() {
    return opened.handle();
  }

  /// How it behaves.
  public SessionSettings settings() {
    return opened.settings();
  }

  /// Whether what is queued outlives its element.
  boolean keepsQueue() {
    return settings().mode() == SessionMode.AUTOMATIC;
  }

  /// The state after so many requests.
  Optional<State> state(int count) {
    return count < states.size() ? Optional.of(states.get(count)) : Optional.empty();
  }

  /// How many requests the application has made.
  int asked() {
    return states.size() - 1;
  }

  /// The highest number that was answered.
  int answered() {
    return answered;
  }

  /// When a request was made.
  long askedNs(int number) {
    return askedNs.get(number - 1);
  }

  /// The newest cookie that has come.
  Optional<Octets> cookie() {
    return Optional.ofNullable(cookie);
  }

  /// How many requests were acknowledged when a cookie came, if it came here.
  Optional<Integer> acknowledgedBefore(Octets of) {
    return Optional.ofNullable(acknowledged.get(of));
  }

  /// Its link; 0 if there is none.
  long link() {
    return link;
  }

  /// When something came on its link, or it came up.
  long heardNs() {
    return heardNs;
  }

  /// Since when its link is silent, as far as the session listens: to anything if it asks for signs of
  /// life, else to answers that its application waits for.
  OptionalLong silentSinceNs() {
    if (!settings().heartbeatInterval().isZero()) {
      return OptionalLong.of(heardNs);
    }
    return answered < asked()
        ? OptionalLong.of(Math.max(repliedNs, askedNs(answered + 1)))
        : OptionalLong.empty();
  }

  /// Whether nothing has been written to this link yet.
  boolean isNew(long of) {
    return link == of && isLinkNew;
  }

  /// Whether something was written to the link that is not of the greeting.
  boolean isPastGreeting() {
    return isLinkPastGreeting;
  }

  /// The serial number of what was written last, apart from greetings.
  long serial() {
    return serial;
  }

  /// Whose answer was read last.
  long conversation() {
    return conversation;
  }

  /// Its running number.
  long running() {
    return running;
  }

  /// Whether the next answer may be another element's.
  boolean mayBeElsewhere() {
    return mayBeElsewhere;
  }

  /// Since when it has been without an element, as far as its application knows.
  long searchesSinceNs() {
    return searchesSinceNs;
  }

  /// How many elements were called since then.
  int calls() {
    return calls;
  }

  /// Whether it ever was on an element.
  boolean wasUp() {
    return wasUp;
  }

  /// The element that was probed last since the link is up.
  ElementId probed() {
    return probed;
  }

  /// How often its application has given up a new element for no reason.
  int dislikes() {
    return dislikes;
  }

  /// Whether its application repeats what it need not repeat.
  boolean mayRepeat() {
    return mayRepeat;
  }

  /// How many questions, calls, probes and reports there were in the present window of time.
  int efforts() {
    return efforts;
  }

  private void effort(long nowNs) {
    if (nowNs - windowNs >= SessionBounds.WINDOW_DELAYS * settings().retryDelay().toNanos()) {
      windowNs = nowNs;
      efforts = 0;
    }
    efforts++;
  }

  /// Whether it has told that it is over.
  boolean isOver() {
    return isOver;
  }

  void note(SessionDeed.OfUser deed, long nowNs) {
    switch (deed) {
      case SessionDeed.Asked(_, State after) -> {
        states.add(after);
        askedNs.add(nowNs);
      }
      case SessionDeed.Linked(_, long newLink) -> {
        link = newLink;
        heardNs = nowNs;
        repliedNs = nowNs;
        isLinkNew = true;
        wasUp = true;
        probed = ElementId.NONE;
        isLinkPastGreeting = false;
      }
      case SessionDeed.WroteData(_, _, Piece.Request request) -> {
        isLinkNew = false;
        if (request.serial() > 0) {
          serial = request.serial();
          isLinkPastGreeting = true;
        }
      }
      case SessionDeed.WroteEcho _, SessionDeed.WroteControl _ -> isLinkNew = false;
      case SessionDeed.Unlinked _ -> link = 0;
      case SessionDeed.Heard _ -> heardNs = nowNs;
      case SessionDeed.CameReply(_, _, Piece.Reply reply) -> {
        answered = Math.max(answered, reply.number());
        repliedNs = nowNs;
      }
      case SessionDeed.CameCookie(_, _, Octets newCookie) -> {
        cookie = newCookie;
        acknowledged.put(newCookie, answered);
      }
      case SessionDeed.ReadReply(_, Piece.Reply reply) -> {
        conversation = reply.conversation();
        running = reply.running();
        mayBeElsewhere = false;
      }
      case SessionDeed.ReadMoved _, SessionDeed.Talks _ -> mayBeElsewhere = true;
      case SessionDeed.Searches _, SessionDeed.Lost _ -> {
        searchesSinceNs = nowNs;
        calls = 0;
      }
      case SessionDeed.Called _ -> {
        calls++;
        effort(nowNs);
      }
      case SessionDeed.Reported _, SessionDeed.Chooses _ -> effort(nowNs);
      case SessionDeed.Probed(_, ElementId element) -> {
        probed = element;
        effort(nowNs);
      }
      case SessionDeed.Dislikes _ -> dislikes++;
      case SessionDeed.Greets(_, boolean hasRead) -> mayRepeat = !hasRead;
      case SessionDeed.Over _ -> isOver = true;
      case SessionDeed.Opened _,
          SessionDeed.Unlisted _,
          SessionDeed.Lied _,
          SessionDeed.Gone _ -> {}
    }
  }

  @Override
  public String toString() {
    return "session %d of %s with %s".formatted(number(), user.name(), handle());
  }
}
