package io.rserpool.sim;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.runtime.TimeSource;

/// Virtual time and the one queue of everything that will happen, ordered by time and, at equal
/// times, by the order in which it was planned.
public final class Simulation implements TimeSource {

  private final DeadlineQueue<Runnable> events = new DeadlineQueue<>();
  private final Trace trace;
  private long nowNs;
  private long count;
  private boolean isHalted;

  /// Time 0, nothing planned, and nobody who reads a trace.
  public Simulation() {
    this(Trace.OFF);
  }

  /// Time 0, and nothing planned.
  public Simulation(Trace trace) {
    this.trace = trace;
  }

  /// Something that can be planned, planned anew and called off.
  public final class Event {
    private final DeadlineQueue.Deadline<Runnable> deadline;

    private Event(Runnable action) {
      deadline = events.create(action);
    }

    /// Lets it happen at the given time, and not at any other.
    public void at(long atNs) {
      if (atNs < nowNs) {
        throw new IllegalArgumentException("it is " + nowNs + " ns, too late for " + atNs + " ns");
      }
      events.set(deadline, atNs);
    }

    /// Calls it off.
    public void cancel() {
      events.cancel(deadline);
    }

    /// When it will happen, or [io.rserpool.engine.Engine#NEVER].
    public long atNs() {
      return deadline.atNs();
    }
  }

  @Override
  public long nowNs() {
    return nowNs;
  }

  /// Where everything is told.
  public Trace trace() {
    return trace;
  }

  /// Tells the trace what happens now; whoever has to write it first asks [Trace#isOn].
  public void tell(String who, String kind, String what) {
    trace.line(nowNs, who, kind, what);
  }

  /// An event that is not planned yet.
  public Event event(Runnable action) {
    return new Event(action);
  }

  /// Plans something once.
  public void at(long atNs, Runnable action) {
    event(action).at(atNs);
  }

  /// Plans something once, so much later than now.
  public void after(long delayNs, Runnable action) {
    at(nowNs + delayNs, action);
  }

  /// Lets everything happen up to and including the given time, unless [#halt] ends it.
  public void runUntil(long endNs) {
    while (!isHalted && events.nextNs() <= endNs) {
      nowNs = events.nextNs();
      count++;
      events.poll(nowNs).orElseThrow().subject().run();
    }
    if (!isHalted) {
      nowNs = endNs;
    }
  }

  /// Nothing happens any more.
  public void halt() {
    isHalted = true;
  }

  /// Whether it was halted.
  public boolean isHalted() {
    return isHalted;
  }

  /// How many events have happened.
  public long count() {
    return count;
  }
}
