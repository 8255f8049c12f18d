package io.rserpool.engine.element;

import io.rserpool.engine.DeadlineQueue;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The deadlines of one pool element, at most one of each kind.
final class Timers {

  private final DeadlineQueue<Timer> queue = new DeadlineQueue<>();
  private final Map<Timer, DeadlineQueue.Deadline<Timer>> all = new EnumMap<>(Timer.class);

  Timers() {
    for (Timer timer : Timer.values()) {
      all.put(timer, queue.create(timer));
    }
  }

  void set(Timer timer, long atNs) {
    queue.set(deadline(timer), atNs);
  }

  void cancel(Timer... timers) {
    for (Timer timer : timers) {
      queue.cancel(deadline(timer));
    }
  }

  void cancelAll() {
    all.values().forEach(queue::cancel);
  }

  boolean isSet(Timer timer) {
    return deadline(timer).isSet();
  }

  long atNs(Timer timer) {
    return deadline(timer).atNs();
  }

  long nextNs() {
    return queue.nextNs();
  }

  /// Takes the next timer that is due.
  Optional<Timer> poll(long nowNs) {
    return queue.poll(nowNs).map(DeadlineQueue.Deadline::subject);
  }

  private DeadlineQueue.Deadline<Timer> deadline(Timer timer) {
    return Objects.requireNonNull(all.get(timer));
  }
}
