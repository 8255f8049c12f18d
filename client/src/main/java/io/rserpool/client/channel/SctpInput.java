package io.rserpool.client.channel;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What came over an association and nobody has received yet, and whether the peer is to be held
/// back for that. Guarded by the lock of its channel.
final class SctpInput {

  /// So much waits unread before the peer is held back; below half of it, it may go on.
  static final int UNREAD_BYTES_MAX = 256 * 1024;

  /// What keeping a message costs besides its bytes, so that many short ones have a limit as well.
  private static final long MESSAGE_COST = 64;

  private final Deque<UserMessage> unread = new ArrayDeque<>();
  private long unreadBytes;
  private boolean holdsBack;
  private boolean isPaused;
  private boolean isAdjusting;

  void add(UserMessage message) {
    unread.addLast(message);
    count(cost(message));
  }

  @Nullable UserMessage poll() {
    UserMessage next = unread.pollFirst();
    if (next != null) {
      count(-cost(next));
    }
    return next;
  }

  void clear() {
    unread.clear();
    count(-unreadBytes);
  }

  private static long cost(UserMessage message) {
    return MESSAGE_COST + message.bytes().length;
  }

  private void count(long bytes) {
    unreadBytes += bytes;
    if (unreadBytes >= UNREAD_BYTES_MAX) {
      holdsBack = true;
    } else if (unreadBytes < UNREAD_BYTES_MAX / 2) {
      holdsBack = false;
    }
  }

  /// Whether the stack has to be told to pause or to go on; [#isPaused] says which. Only one thread
  /// at a time tells it, without the lock, and then asks again.
  boolean beginsAdjusting() {
    if (isAdjusting || isPaused == holdsBack) {
      return false;
    }
    isAdjusting = true;
    isPaused = holdsBack;
    return true;
  }

  void endAdjusting() {
    isAdjusting = false;
  }

  boolean isPaused() {
    return isPaused;
  }
}
