package io.rserpool.client;

import java.util.ArrayDeque;
import java.util.Deque;

/// Lets so many sessions of a pool user call elements at once, each on a virtual thread of its own;
/// the others wait their turn. Thousands of sessions that lose one server then do not storm the
/// next one, whose queue of callers is short.
final class CallLimit {

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int free;

  CallLimit(int callsMax) {
    free = callsMax;
  }

  /// Starts a call when it is its turn; it has to [#end] that turn once.
  void start(Runnable call) {
    synchronized (waiting) {
      if (free == 0) {
        waiting.addLast(call);
        return;
      }
      free--;
    }
    begin(call);
  }

  /// A call is over: the one that has waited longest is next.
  void end() {
    Runnable next;
    synchronized (waiting) {
      if (waiting.isEmpty()) {
        free++;
        return;
      }
      next = waiting.removeFirst();
    }
    begin(next);
  }

  private static void begin(Runnable call) {
    Thread.ofVirtual().name("rserpool-session-call").start(call);
  }
}
