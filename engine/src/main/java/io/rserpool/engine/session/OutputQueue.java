package io.rserpool.engine.session;

import io.rserpool.engine.Engine;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is still to be written, in order: control messages, the greeting, the rest, the end.
final class OutputQueue<P extends Payload> {

  private enum Source {
    CONTROL,
    GREETING,
    QUEUE,
    END,
    /// It is in no queue any more, but may still be on its way out.
    GONE
  }

  private final long timeoutNs;
  private final int unsentMax;
  private final ArrayDeque<AsapMessage> control = new ArrayDeque<>();
  private final ArrayDeque<P> greeting = new ArrayDeque<>();
  private final ArrayDeque<P> queue = new ArrayDeque<>();
  private long queuedBytes;
  private boolean isEnded;
  private boolean isEndWritten;
  private boolean isOpen;
  private long progressNs;
  private Outgoing<P> next = new Outgoing.Nothing<>();
  private Source source = Source.GONE;
  private @Nullable LinkId writing;

  OutputQueue(SessionSettings settings) {
    this.timeoutNs = settings.sendTimeout().toNanos();
    this.unsentMax = settings.unsentMax();
  }

  /// Whether a message of any size is taken.
  boolean hasRoom() {
    return queuedBytes < unsentMax;
  }

  void add(long nowNs, P payload) {
    startClock(nowNs);
    queue.addLast(payload);
    queuedBytes += payload.size();
  }

  void addGreeting(long nowNs, P payload) {
    startClock(nowNs);
    greeting.addLast(payload);
  }

  /// Queues a control message, unless the end was written: nothing can follow that.
  void addControl(long nowNs, AsapMessage message) {
    if (takesControl()) {
      startClock(nowNs);
      control.addLast(message);
    }
  }

  /// Queues a card instead of one that waits.
  void addCard(long nowNs, AsapBusinessCard card) {
    control.removeIf(waiting -> waiting instanceof AsapBusinessCard && !isNext(waiting));
    addControl(nowNs, card);
  }

  private boolean isNext(AsapMessage message) {
    return next instanceof Outgoing.Control<P>(AsapMessage pinned) && pinned.equals(message);
  }

  boolean takesControl() {
    return !isEndWritten && source != Source.END;
  }

  void end(long nowNs) {
    startClock(nowNs);
    isEnded = true;
  }

  boolean isEnded() {
    return isEnded;
  }

  private void startClock(long nowNs) {
    if (!hasPending()) {
      progressNs = nowNs;
    }
  }

  private boolean hasPending() {
    return !control.isEmpty() || !greeting.isEmpty() || (isOpen && !isDrained());
  }

  /// Whether all but control messages is written.
  boolean isDrained() {
    return greeting.isEmpty() && queue.isEmpty() && (!isEnded || isEndWritten);
  }

  /// Whether nothing of the greeting waits.
  boolean isGreetingDrained() {
    return greeting.isEmpty();
  }

  /// Whether nothing is left to write, and nothing is being written.
  boolean isIdle() {
    return isDrained() && control.isEmpty() && writing == null;
  }

  /// What to write next; it stays the next until it was written.
  Outgoing<P> next() {
    if (source == Source.GONE) {
      choose();
    }
    return next;
  }

  private void choose() {
    if (!control.isEmpty()) {
      pin(Source.CONTROL, new Outgoing.Control<>(control.getFirst()));
    } else if (!greeting.isEmpty()) {
      pin(Source.GREETING, new Outgoing.Data<>(greeting.getFirst()));
    } else if (isOpen && !queue.isEmpty()) {
      pin(Source.QUEUE, new Outgoing.Data<>(queue.getFirst()));
    } else if (isOpen && isEnded && !isEndWritten) {
      pin(Source.END, new Outgoing.End<>());
    } else {
      next = new Outgoing.Nothing<>();
    }
  }

  private void pin(Source newSource, Outgoing<P> newNext) {
    source = newSource;
    next = newNext;
  }

  private void unpin() {
    pin(Source.GONE, new Outgoing.Nothing<>());
  }

  /// What [#next] gave is being written.
  void writing(LinkId link) {
    next();
    if (source != Source.GONE) {
      writing = link;
    }
  }

  /// Whether it is not known yet what became of something.
  boolean isWriting() {
    return writing != null;
  }

  /// What was next is written. That counts even if the link has failed meanwhile: it may have been
  /// answered already, and must not go to the next element again.
  ///
  /// @return what was written
  Outgoing<P> written(long nowNs, LinkId link) {
    if (writing != null && !writing.equals(link)) {
      return new Outgoing.Nothing<>();
    }
    Outgoing<P> done = next;
    progressNs = nowNs;
    switch (source) {
      case CONTROL -> control.removeFirst();
      case GREETING -> greeting.removeFirst();
      case QUEUE -> queuedBytes -= queue.removeFirst().size();
      case END -> isEndWritten = true;
      case GONE -> {
        // It was dropped meanwhile.
      }
    }
    writing = null;
    unpin();
    return done;
  }

  /// What was next was not written as a whole.
  void unwritten(LinkId link) {
    if (link.equals(writing)) {
      writing = null;
      unpin();
    }
  }

  /// How long nothing was taken.
  long heldUpNs(long nowNs) {
    return nowNs - progressNs;
  }

  /// The session itself was late.
  void forgive(long nowNs) {
    progressNs = nowNs;
  }

  /// When nothing was taken for too long.
  long deadlineNs() {
    return hasPending() ? progressNs + timeoutNs : Engine.NEVER;
  }

  /// The link has failed: what was for it alone is dropped.
  void lose() {
    isOpen = false;
    control.clear();
    greeting.clear();
    forget(source != Source.QUEUE && source != Source.END);
  }

  private void forget(boolean isDropped) {
    if (writing == null) {
      unpin();
    } else if (isDropped) {
      source = Source.GONE;
    }
  }

  /// Keeps of the queue what goes to the next element; nothing is being written.
  ///
  /// @param keeps whether that is anything
  /// @return what has to go back to the application
  List<P> settle(boolean keeps) {
    List<P> unsent = new ArrayList<>();
    for (Iterator<P> rest = queue.iterator(); rest.hasNext(); ) {
      P payload = rest.next();
      boolean isBound = payload.option() == SendOption.NO_FAILOVER;
      if (isBound) {
        unsent.add(payload);
      }
      if (isBound || !keeps) {
        rest.remove();
        queuedBytes -= payload.size();
      }
    }
    return unsent;
  }

  /// A new link, which gets nothing but this and the greeting yet.
  void begin(long nowNs, List<AsapMessage> opening) {
    isEndWritten = false;
    control.addAll(opening);
    progressNs = nowNs;
  }

  /// The new link takes everything.
  void open(long nowNs) {
    isOpen = true;
    progressNs = nowNs;
  }

  /// Nothing is sent any more.
  void clear() {
    control.clear();
    greeting.clear();
    queue.clear();
    queuedBytes = 0;
    isEndWritten = true;
    forget(true);
  }
}
