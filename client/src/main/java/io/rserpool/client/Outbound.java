package io.rserpool.client;

import io.rserpool.client.channel.UserMessage;
import java.util.ArrayDeque;
import java.util.Deque;

/// What is still to be handed to the connection, in order. What the failover listener sends goes
/// before the rest. Guarded by the session's lock.
final class Outbound {

  /// Accepted ahead of the element; then senders wait.
  private static final int QUEUED_BYTES_MAX = 256 * 1024;

  /// Stands for the end of the output.
  static final UserMessage END = new UserMessage(new byte[0], 0);

  private final Deque<UserMessage> urgent = new ArrayDeque<>();
  private final Deque<UserMessage> queued = new ArrayDeque<>();
  private long queuedBytes;
  private boolean isEnded;
  private boolean isEndWritten;
  private boolean isWritingUrgent;
  private long progressNs = System.nanoTime();

  /// Whether a message of any size is taken: one is always taken into an empty queue.
  boolean hasRoom() {
    return queuedBytes < QUEUED_BYTES_MAX;
  }

  void add(UserMessage message) {
    startClock();
    queued.addLast(message);
    queuedBytes += message.bytes().length;
  }

  void addUrgent(UserMessage message) {
    startClock();
    urgent.addLast(message);
  }

  private void startClock() {
    if (isDrained()) {
      progressNs = System.nanoTime();
    }
  }

  void end() {
    startClock();
    isEnded = true;
  }

  boolean isEnded() {
    return isEnded;
  }

  /// Whether there is something to write.
  ///
  /// @param urgentOnly while the failover listener is at work
  boolean hasNext(boolean urgentOnly) {
    if (urgentOnly) {
      return !urgent.isEmpty();
    }
    return !urgent.isEmpty() || !queued.isEmpty() || (isEnded && !isEndWritten);
  }

  /// What to write next; it stays in the queue until [#written]. An empty message
  /// stands for the end.
  UserMessage next() {
    isWritingUrgent = !urgent.isEmpty();
    if (isWritingUrgent) {
      return urgent.getFirst();
    }
    return queued.isEmpty() ? END : queued.getFirst();
  }

  /// What [#next] gave is handed over.
  void written() {
    progressNs = System.nanoTime();
    if (isWritingUrgent) {
      urgent.removeFirst();
    } else if (queued.isEmpty()) {
      isEndWritten = true;
    } else {
      queuedBytes -= queued.removeFirst().bytes().length;
    }
  }

  /// Whether all is handed over.
  boolean isDrained() {
    return !hasNext(false);
  }

  boolean isUrgentDrained() {
    return urgent.isEmpty();
  }

  /// When something was handed over last, or began to wait.
  long progressNs() {
    return progressNs;
  }

  /// A new connection: what was half written is written again from its beginning.
  ///
  /// @param keepsQueued whether what waits goes to the new element
  void restart(boolean keepsQueued) {
    urgent.clear();
    isEndWritten = false;
    if (!keepsQueued) {
      queued.clear();
      queuedBytes = 0;
    }
    progressNs = System.nanoTime();
  }
}
