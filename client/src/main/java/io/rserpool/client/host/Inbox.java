package io.rserpool.client.host;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What was read ahead of a service and it has not taken yet. One thread adds, one takes.
final class Inbox {

  /// So much is read ahead of the service: control messages behind that much unread data are still
  /// seen. Then the transport holds the user back.
  static final int UNREAD_BYTES_MAX = 256 * 1024;

  /// What keeping a message costs besides its bytes, so that many short ones have a limit as well.
  private static final int MESSAGE_COST = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<SessionInput> unread = new ArrayDeque<>();
  private long unreadBytes;
  private boolean isParting;
  private @Nullable IOException failure;

  /// What is added now counts for nobody, and what was not taken neither: the session ends.
  void part() {
    lock.lock();
    try {
      isParting = true;
      unread.clear();
      unreadBytes = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isParting() {
    lock.lock();
    try {
      return isParting;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until more may be read.
  void awaitRoom() {
    lock.lock();
    try {
      while (!isParting && unreadBytes >= UNREAD_BYTES_MAX) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  void add(SessionInput input) {
    lock.lock();
    try {
      if (!isParting) {
        unread.addLast(input);
        unreadBytes += cost(input);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private static int cost(SessionInput input) {
    return switch (input) {
      case SessionInput.Data data -> MESSAGE_COST + data.message().bytes().length;
      case SessionInput.CookieEcho echo -> MESSAGE_COST + echo.cookie().length;
      case SessionInput.CookieRefused _, SessionInput.Silence _, SessionInput.End _ -> MESSAGE_COST;
    };
  }

  /// Nothing comes any more, for this reason; what came before is taken first.
  void fail(IOException reason) {
    lock.lock();
    try {
      if (failure == null) {
        failure = reason;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes what comes next, waiting for it; null if nothing comes in time.
  ///
  /// @throws IOException if nothing can come any more
  @Nullable SessionInput take(long limitNs) throws IOException {
    long leftNs = limitNs;
    lock.lock();
    try {
      while (true) {
        SessionInput next = unread.pollFirst();
        if (next != null) {
          unreadBytes -= cost(next);
          changed.signalAll();
          return next;
        }
        if (failure != null) {
          throw failure;
        }
        if (isParting) {
          throw new EOFException("the session has been ended");
        }
        if (leftNs <= 0) {
          return null;
        }
        leftNs = changed.awaitNanos(leftNs);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a user was waited for");
    } finally {
      lock.unlock();
    }
  }
}
