package io.rserpool.client;

import io.rserpool.engine.Engine;
import io.rserpool.engine.session.AbsenceWatch;
import io.rserpool.engine.session.ProbeResult;
import io.rserpool.engine.session.SessionEffect;
import io.rserpool.engine.session.SessionEffects;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Looks after the elements of one pool for an application that has connections of its own with
/// them instead of sessions: one that speaks a protocol by a library that knows nothing of pools.
///
/// It says when an element is gone, by the rule of sessions: the registrar has pushed that the
/// element is out of the pool, and the element is not leaving in order, which shows when it is
/// called once more: one that leaves lets nobody in. And it reports elements that cannot be called,
/// but not those that are only busy.
///
/// Safe for use by many threads; nothing here waits.
public final class ElementWatch implements AutoCloseable {

  private static final Subscription NOTHING = () -> {};

  @FunctionalInterface
  private interface Step {
    void take(long nowNs, SessionEffects out);
  }

  private final PoolUser user;
  private final PoolHandle handle;
  private final Consumer<PoolElementParameter> onGone;
  private final Object lock = new Object();
  private final AbsenceWatch absence;
  private Subscription alarm = NOTHING;
  private long alarmNs = Engine.NEVER;
  private boolean isClosed;
  private volatile Subscription pool = NOTHING;

  private ElementWatch(PoolUser user, PoolHandle handle, Consumer<PoolElementParameter> onGone) {
    this.user = user;
    this.handle = handle;
    this.onGone = onGone;
    this.absence = new AbsenceWatch(user.settings(SessionOptions.defaults()));
  }

  /// Begins to watch a pool.
  ///
  /// @param user asks the registrars
  /// @param handle the pool
  /// @param onGone is told once for each time that an element with which there are connections
  ///     goes; on a virtual thread of its own, and may block
  /// @return the watch, to be closed
  public static ElementWatch open(
      PoolUser user, PoolHandle handle, Consumer<PoolElementParameter> onGone) {
    ElementWatch watch = new ElementWatch(user, handle, onGone);
    watch.pool = user.watchQuickly(handle, watch::poolChanged);
    return watch;
  }

  /// Counts what was told of the pool: to be asked before an element is chosen, since what was told
  /// earlier says nothing about that element.
  ///
  /// @return the count, for [#connected]
  public long version() {
    synchronized (lock) {
      return absence.version();
    }
  }

  /// An element has let the application in.
  ///
  /// @param element the element
  /// @param chosenAt what [#version] said before it was chosen
  /// @return the connection, to be closed with the application's own
  public Connection connected(PoolElementParameter element, long chosenAt) {
    step((now, out) -> absence.follow(now, element, chosenAt, out));
    return new Connection(element.elementId(), user.contacts().reached(element.elementId()));
  }

  /// Whether an element with which there are connections is out of the pool, as far as is known
  /// now.
  ///
  /// @param element the element
  /// @return whether it is
  public boolean isOut(ElementId element) {
    synchronized (lock) {
      return absence.isMissing(element);
    }
  }

  /// Reports an element that could not be called, unless it is busy: it kept this caller waiting,
  /// but was heard by another one of the pool user within the last second.
  ///
  /// @param element the element
  /// @param why how the call failed
  public void callFailed(ElementId element, IOException why) {
    if (!user.contacts().isBusy(element, why)) {
      user.reportSoon(handle, element);
    }
  }

  /// Reports an element that has broken a connection off.
  ///
  /// @param element the element
  public void broken(ElementId element) {
    user.reportSoon(handle, element);
  }

  private void poolChanged(Pool newest) {
    boolean isWhole = newest.pushed() && newest.isWhole();
    step((now, out) -> absence.poolChanged(now, newest.elements(), isWhole, out));
  }

  private void probed(long question, ProbeResult found) {
    step((now, out) ->
        absence
            .probed(now, question, found, out)
            .ifPresent(gone ->
                Thread.ofVirtual()
                    .name("rserpool-element-watch")
                    .start(() -> onGone.accept(gone))));
  }

  private void tick() {
    step((now, out) -> {
      alarmNs = Engine.NEVER;
      alarm = NOTHING;
      absence.tick(now, out);
    });
  }

  /// Tells the engine something, and then does what it wants without the lock.
  private void step(Step step) {
    List<SessionEffect> todo = new ArrayList<>();
    synchronized (lock) {
      step.take(SessionClock.nowNs(), todo::add);
      settle();
    }
    todo.forEach(this::carryOut);
  }

  /// Has the clock call in time.
  private void settle() {
    long next = isClosed ? Engine.NEVER : absence.nextDeadlineNs();
    if (next != alarmNs) {
      alarm.close();
      alarmNs = next;
      alarm = next == Engine.NEVER ? NOTHING : user.clock().at(next, this::tick);
    }
  }

  private void carryOut(SessionEffect effect) {
    if (!(effect instanceof SessionEffect.Probe(long question, var element, long limitNs))) {
      throw new IllegalStateException("a watch only looks whether elements are there: " + effect);
    }
    user.probes()
        .look(
            user::call,
            element.userTransport(),
            Duration.ofNanos(limitNs),
            found -> probed(question, found));
  }

  /// Ends the watch; connections are left alone.
  @Override
  public void close() {
    pool.close();
    synchronized (lock) {
      isClosed = true;
      settle();
    }
  }

  /// One connection of the application with an element, as far as the watch knows it.
  public final class Connection implements AutoCloseable {
    private final ElementId element;
    private final Contacts.Contact contact;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile long heardNs;

    private Connection(ElementId element, Contacts.Contact contact) {
      this.element = element;
      this.contact = contact;
      heard();
    }

    /// {@return the element at the other end}
    public ElementId element() {
      return element;
    }

    /// Notes that something came of the element.
    public void heard() {
      long now = System.nanoTime();
      heardNs = now;
      contact.reached(now);
    }

    /// Whether nothing came for so long.
    ///
    /// @param time how long
    /// @return whether it is quiet
    public boolean isQuietFor(Duration time) {
      return System.nanoTime() - heardNs >= time.toNanos();
    }

    /// The application has ended the connection.
    @Override
    public void close() {
      if (isOver.compareAndSet(false, true)) {
        synchronized (lock) {
          absence.leave(element);
          settle();
        }
      }
    }
  }
}
