package io.rserpool.engine.session;

import io.rserpool.protocol.ElementId;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came and the application has not taken yet, in order. What a new element sends while it is
/// greeted waits beside the rest, for the greeter alone.
final class NewsQueue<P extends Payload> {

  /// News of which only the newest is kept.
  enum Notice {
    COOKIE,
    CARD,
    POOL
  }

  /// So much, counted in limits of one link, may wait of all links together: who never reads is given
  /// no more at some time, however often the session moves.
  private static final int LINKS_UNREAD = 4;

  /// So many moves are told to who has read nothing meanwhile.
  private static final int MOVES_MAX = 64;

  /// One piece of news; without content once it is of no interest any more.
  private static final class Entry<P extends Payload> {
    private final long link;
    private @Nullable SessionNews<P> news;

    private Entry(long link, SessionNews<P> news) {
      this.link = link;
      this.news = news;
    }
  }

  private final int unreadMax;
  private final ArrayDeque<Entry<P>> common = new ArrayDeque<>();
  private final ArrayDeque<Entry<P>> fresh = new ArrayDeque<>();
  private final ArrayDeque<Entry<P>> moves = new ArrayDeque<>();
  private final EnumMap<Notice, Entry<P>> newest = new EnumMap<>(Notice.class);
  private boolean isGreeting;
  private long link;
  private long linkUnread;
  private long unread;

  NewsQueue(SessionSettings settings) {
    this.unreadMax = settings.unreadMax();
  }

  /// A new link, which the greeter has for itself.
  void begin(LinkId newLink) {
    dropFresh();
    link = newLink.number();
    linkUnread = 0;
    isGreeting = true;
  }

  /// The new link is everybody's.
  void open() {
    isGreeting = false;
    common.addAll(fresh);
    fresh.clear();
  }

  /// The new link has failed before it was everybody's: nobody hears of it.
  void dropFresh() {
    fresh.forEach(this::drop);
    fresh.clear();
    isGreeting = false;
  }

  /// Whether more may be read from the present link: what older ones have left counts little.
  boolean hasRoom() {
    return linkUnread < unreadMax && unread < (long) LINKS_UNREAD * unreadMax;
  }

  void data(P payload, ElementId sender) {
    linkUnread += weight(payload);
    unread += weight(payload);
    append(new SessionNews.Data<>(payload, sender));
  }

  /// So that empty ones are limited as well.
  private static long weight(Payload payload) {
    return Math.max(1, payload.size());
  }

  /// The element has ended its stream in order.
  void ended() {
    append(new SessionNews.Ended<>());
  }

  /// Something that everybody may hear at once.
  void add(SessionNews<P> news) {
    appendCommon(news);
  }

  /// Something of which the last one counts, of the present link or the registrar.
  void notice(Notice kind, SessionNews<P> news) {
    Entry<P> former = newest.get(kind);
    if (former != null) {
      former.news = null;
    }
    trimEnd(common);
    trimEnd(fresh);
    newest.put(kind, kind == Notice.POOL ? appendCommon(news) : append(news));
  }

  /// There is no cookie any more: nobody is told of one.
  void forgetCookie() {
    Entry<P> told = newest.remove(Notice.COOKIE);
    if (told != null) {
      told.news = null;
    }
    for (Entry<P> entry : common) {
      if (entry.news instanceof SessionNews.FailoverNecessary<P>(Loss loss, boolean _)) {
        entry.news = new SessionNews.FailoverNecessary<>(loss, false);
      }
    }
  }

  /// The session is on another element; comes before [#open].
  void moved(SessionMove move) {
    moves.addLast(appendCommon(new SessionNews.Moved<>(move)));
    if (moves.size() > MOVES_MAX) {
      moves.removeFirst().news = null;
    }
  }

  private Entry<P> append(SessionNews<P> news) {
    Entry<P> entry = new Entry<>(link, news);
    (isGreeting ? fresh : common).addLast(entry);
    return entry;
  }

  private Entry<P> appendCommon(SessionNews<P> news) {
    Entry<P> entry = new Entry<>(link, news);
    common.addLast(entry);
    return entry;
  }

  boolean has(boolean isGreeter) {
    ArrayDeque<Entry<P>> queue = isGreeter ? fresh : common;
    while (!queue.isEmpty() && queue.getFirst().news == null) {
      queue.removeFirst();
    }
    return !queue.isEmpty();
  }

  private void trimEnd(ArrayDeque<Entry<P>> queue) {
    while (!queue.isEmpty() && queue.getLast().news == null) {
      queue.removeLast();
    }
  }

  Optional<SessionNews<P>> poll(boolean isGreeter) {
    if (!has(isGreeter)) {
      return Optional.empty();
    }
    ArrayDeque<Entry<P>> queue = isGreeter ? fresh : common;
    Entry<P> first = queue.getFirst();
    Optional<SessionNews<P>> news = Optional.ofNullable(first.news);
    if (isGreeter && first.news instanceof SessionNews.Ended<P>) {
      // The greeter sees it as often as it looks; everybody else has to hear of it, too.
      return news;
    }
    queue.removeFirst();
    drop(first);
    return news;
  }

  /// What [#poll] would give.
  Optional<SessionNews<P>> peek(boolean isGreeter) {
    return has(isGreeter)
        ? Optional.ofNullable((isGreeter ? fresh : common).getFirst().news)
        : Optional.empty();
  }

  private void drop(Entry<P> entry) {
    if (entry.news instanceof SessionNews.Data<P>(P payload, ElementId _)) {
      unread -= weight(payload);
      linkUnread -= entry.link == link ? weight(payload) : 0;
    }
    if (!moves.isEmpty() && moves.getFirst() == entry) {
      moves.removeFirst();
    }
    entry.news = null;
  }

  /// Drops the data that everybody could read.
  void discard() {
    for (Entry<P> entry : common) {
      if (entry.news instanceof SessionNews.Data<P>) {
        drop(entry);
      }
    }
    common.removeIf(entry -> entry.news == null);
  }

  /// Drops what the application, which asks for another element, has no use for.
  void failover() {
    discard();
    common.removeIf(entry -> entry.news instanceof SessionNews.FailoverNecessary<P>);
  }

  void clear() {
    common.clear();
    fresh.clear();
    moves.clear();
    newest.clear();
    unread = 0;
    linkUnread = 0;
    isGreeting = false;
  }
}
