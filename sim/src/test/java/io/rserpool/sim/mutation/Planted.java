package io.rserpool.sim.mutation;

import io.rserpool.engine.access.Decision;
import io.rserpool.engine.handlespace.Cursor;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.handlespace.Extract;
import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.engine.session.SessionMode;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bugs, as plain code: each method is called in the place that a [Mutation] names. What such a
/// place has in hand is often of a type that cannot be seen from here.
public final class Planted {

  private static final int SIXTEEN_BITS = 0xffff;
  private static final int SMALL_PAGE = 2;
  private static final int SOME = 200;

  private static long taken;
  private static String claimed = "";

  private Planted() {}

  /// Not a bug: registrars give their tables in small parts, since the scopes are small, too.
  public static int smallPage(int elements) {
    return Math.min(elements, SMALL_PAGE);
  }

  /// Instead of a method without parameters.
  public static boolean yes(Object receiver) {
    return true;
  }

  /// Instead of a method without parameters, or a static one with one.
  public static boolean no(Object receiver) {
    return false;
  }

  /// Instead of a method with one parameter.
  public static boolean neverSo(Object receiver, Object argument) {
    return false;
  }

  /// Instead of a method with one parameter.
  public static void nothing(Object receiver, Object argument) {}

  /// Instead of a method with two parameters.
  public static void nothingOfTwo(Object receiver, Object argument, Object other) {}

  /// Right at some registrars, wrong at the others.
  public static boolean invertedWhereOdd(boolean value, ServerId own) {
    return (own.value() & 1) == 1 ? !value : value;
  }

  /// The number of the last change: older than any other.
  public static long longAgo(Object registration) {
    return Long.MIN_VALUE;
  }

  /// All elements, whosever they are.
  public static List<?> allElements(Object handlespace, ServerId home) {
    return ((Handlespace<?>) handlespace).extract(Cursor.START, Integer.MAX_VALUE).entries();
  }

  /// Any home but the own one.
  public static boolean isElsewhere(Object home, Object other, ServerId own) {
    return !home.equals(own);
  }

  /// The page after a cursor, but without its first element.
  public static Extract<?> oneTooFar(Object handlespace, ServerId home, Cursor after, int count) {
    Extract<?> page = ((Handlespace<?>) handlespace).extractOwned(home, after, count);
    boolean isFirst = after.equals(Cursor.START);
    return isFirst || page.entries().size() < 2 ? page : withoutFirst(page);
  }

  private static <S> Extract<S> withoutFirst(Extract<S> page) {
    List<ElementEntry<S>> entries = page.entries();
    return new Extract<>(entries.subList(1, entries.size()), page.next(), page.more());
  }

  /// Instead of a method without parameters.
  public static void nothingAtAll(Object receiver) {}

  /// Never so, whatever it was.
  public static boolean never(boolean value) {
    return false;
  }

  /// Always so.
  public static boolean always(Object receiver, Object argument) {
    return true;
  }

  /// Nothing is known of a key.
  public static @Nullable Object unknown(Object map, Object key) {
    return null;
  }

  /// Counting begins anew.
  public static long zero(long value) {
    return 0;
  }

  /// As good as no limit.
  public static Duration century(Object settings) {
    return Duration.ofDays(36_500);
  }

  /// As good as no time.
  public static Duration instant(Object settings) {
    return Duration.ofNanos(1);
  }

  /// The first one counts.
  public static Octets first(Octets newer, @Nullable Octets older) {
    return older == null ? newer : older;
  }

  /// The list of control messages with which a link begins.
  public static List<?> silence(Object control, boolean hasControl) {
    return List.of();
  }

  /// The mode of a session.
  public static SessionMode manual(Object settings) {
    return SessionMode.MANUAL;
  }

  /// Puts what should be last before all others.
  public static void putFirst(Object queue, Object last) {
    deque(queue).addFirst(last);
  }

  /// Takes what is first, and now and then leaves it there.
  public static Object takeMostly(Object queue) {
    taken++;
    return taken % SOME == 0 ? deque(queue).getFirst() : deque(queue).removeFirst();
  }

  @SuppressWarnings("unchecked")
  private static Deque<Object> deque(Object queue) {
    return (Deque<Object>) queue;
  }

  /// Instead of a method with two parameters.
  public static boolean alwaysOfTwo(Object receiver, Object argument, Object other) {
    return true;
  }

  /// Instead of a method with two parameters.
  public static boolean neverOfTwo(Object receiver, Object argument, Object other) {
    return false;
  }

  /// Instead of a method with three parameters.
  public static boolean alwaysOfThree(
      Object receiver, Object argument, Object other, Object third) {
    return true;
  }

  /// Surely so, whatever it was.
  public static boolean surely(boolean value) {
    return true;
  }

  /// Nothing is ended.
  public static int none(Object receiver) {
    return 0;
  }

  /// No limit.
  public static int unlimited(Object rights, Object handle, Object elementId, int otherwise) {
    return Integer.MAX_VALUE;
  }

  /// There is nothing against it.
  public static String noObjection(String objection) {
    return "";
  }

  /// There is no reason against it.
  public static String noReason(Object decision) {
    return "";
  }

  /// It is allowed.
  public static Decision allowed(Object rights) {
    return Decision.ALLOWED;
  }

  /// It is allowed, whatever was decided.
  public static Decision mayBe(Decision decision) {
    return Decision.ALLOWED;
  }

  /// Nobody is on a list.
  public static List<?> nobody(List<?> list) {
    return List.of();
  }

  /// An entry that does not say whose it is.
  public static PoolElementParameter nameless(Object entry) {
    return ((ElementEntry<?>) entry).element().withRegistrant("");
  }

  /// An element that moves and loses its owner.
  public static PoolElementParameter ownerless(Object element, ServerId home) {
    return ((PoolElementParameter) element).withHome(home).withRegistrant("");
  }

  /// What an element tells of its service, and, for [#claimed], of its owner.
  public static TransportAddress remembered(Object element) {
    PoolElementParameter told = (PoolElementParameter) element;
    claimed = told.registrant();
    return told.userTransport();
  }

  /// The owner that an element has told itself, if it has.
  public static String claimed(Object gate, Object association) {
    return claimed;
  }

  /// What an element adds to the checksum.
  public static long noWords(Object pool, int elementId) {
    return 0;
  }

  /// A sum without its carries.
  public static long sixteenBits(long sum) {
    return sum & SIXTEEN_BITS;
  }
}
