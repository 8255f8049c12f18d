package io.rserpool.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The deadlines of one engine, ordered by time and, at equal times, by the order in which they
/// were
/// set. Setting, moving and cancelling cost the logarithm of the number of deadlines.
///
/// @param <T> what falls due
public final class DeadlineQueue<T> {

  /// One deadline; it can be set, moved, cancelled and set again.
  ///
  /// @param <T> what falls due
  public static final class Deadline<T> {
    private static final int IDLE = -1;

    private final T subject;
    private long atNs;
    private long sequence;
    private int slot = IDLE;

    private Deadline(T subject) {
      this.subject = subject;
    }

    /// What falls due.
    public T subject() {
      return subject;
    }

    /// Whether it is set.
    public boolean isSet() {
      return slot != IDLE;
    }

    /// When it falls due, or [Engine#NEVER] if it is not set.
    public long atNs() {
      return isSet() ? atNs : Engine.NEVER;
    }

    private boolean before(Deadline<T> other) {
      return atNs < other.atNs || (atNs == other.atNs && sequence < other.sequence);
    }
  }

  private final List<Deadline<T>> heap = new ArrayList<>();
  private long nextSequence;

  /// An empty queue.
  public DeadlineQueue() {}

  /// A new deadline that is not set yet.
  public Deadline<T> create(T subject) {
    return new Deadline<>(subject);
  }

  /// Sets or moves a deadline of this queue.
  public void set(Deadline<T> deadline, long atNs) {
    deadline.atNs = atNs;
    deadline.sequence = nextSequence++;
    if (deadline.slot == Deadline.IDLE) {
      deadline.slot = heap.size();
      heap.add(deadline);
    }
    siftUp(deadline);
    siftDown(deadline);
  }

  /// Cancels a deadline; one that is not set stays so.
  public void cancel(Deadline<T> deadline) {
    int slot = deadline.slot;
    if (slot == Deadline.IDLE) {
      return;
    }
    deadline.slot = Deadline.IDLE;
    Deadline<T> last = heap.removeLast();
    if (last != deadline) {
      place(last, slot);
      siftUp(last);
      siftDown(last);
    }
  }

  /// When the first deadline falls due, or [Engine#NEVER].
  public long nextNs() {
    return heap.isEmpty() ? Engine.NEVER : heap.getFirst().atNs;
  }

  /// Takes the first deadline out of the queue if it is due at `nowNs`.
  public Optional<Deadline<T>> poll(long nowNs) {
    if (heap.isEmpty() || heap.getFirst().atNs > nowNs) {
      return Optional.empty();
    }
    Deadline<T> first = heap.getFirst();
    cancel(first);
    return Optional.of(first);
  }

  /// The number of deadlines that are set.
  public int size() {
    return heap.size();
  }

  private void place(Deadline<T> deadline, int slot) {
    heap.set(slot, deadline);
    deadline.slot = slot;
  }

  private void siftUp(Deadline<T> deadline) {
    int slot = deadline.slot;
    while (slot > 0) {
      Deadline<T> parent = heap.get((slot - 1) / 2);
      if (!deadline.before(parent)) {
        break;
      }
      place(parent, slot);
      slot = (slot - 1) / 2;
    }
    place(deadline, slot);
  }

  private void siftDown(Deadline<T> deadline) {
    int slot = deadline.slot;
    while (2 * slot + 1 < heap.size()) {
      int child = 2 * slot + 1;
      if (child + 1 < heap.size() && heap.get(child + 1).before(heap.get(child))) {
        child++;
      }
      if (!heap.get(child).before(deadline)) {
        break;
      }
      place(heap.get(child), slot);
      slot = child;
    }
    place(deadline, slot);
  }
}
