package io.rserpool.client.channel;

import io.rserpool.engine.LossReason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What has become of an association: what the stack's threads tell, and what the users of the
/// channel wait for. The lock is held for moments only, never while the stack is asked for
/// anything.
final class SctpState {

  private final String peer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SctpInput input = new SctpInput();
  private long writables;
  private boolean isClosed;
  private @Nullable LossReason loss;
  private String lossDetail = "";

  SctpState(String peer) {
    this.peer = peer;
  }

  /// Waits for what comes next.
  Incoming next(long limitNs) throws IOException {
    long leftNs = limitNs;
    lock.lock();
    try {
      while (true) {
        UserMessage message = input.poll();
        if (message != null) {
          return message;
        }
        if (!isClosed && loss == LossReason.CLOSED) {
          return Incoming.End.END;
        }
        requireOpen();
        if (leftNs <= 0) {
          return Incoming.Silence.SILENCE;
        }
        leftNs = changed.awaitNanos(leftNs);
      }
    } catch (InterruptedException _) {
      throw interrupted("receiving from");
    } finally {
      lock.unlock();
    }
  }

  /// How often the association has become writable.
  long writables() throws IOException {
    lock.lock();
    try {
      requireOpen();
      return writables;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until it has become writable once more than was seen.
  void awaitWritable(long seen) throws IOException {
    lock.lock();
    try {
      while (writables == seen) {
        requireOpen();
        changed.await();
      }
    } catch (InterruptedException _) {
      throw interrupted("sending to");
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() throws IOException {
    if (isClosed) {
      throw new IOException("the conversation with " + peer + " was ended on this side");
    }
    LossReason why = loss;
    if (why != null) {
      throw why == LossReason.CLOSED ? new EOFException(lossDetail) : new IOException(lossDetail);
    }
  }

  private InterruptedIOException interrupted(String what) {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while " + what + " " + peer);
  }

  /// Takes the channel for closed by this side.
  ///
  /// @return whether the association is still up
  boolean isUpAtTheEnd() {
    lock.lock();
    try {
      isClosed = true;
      input.clear();
      changed.signalAll();
      return loss == null;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the association has ended.
  boolean hasEndedWithin(Duration limit) {
    lock.lock();
    try {
      long leftNs = limit.toNanos();
      while (loss == null && leftNs > 0) {
        leftNs = changed.awaitNanos(leftNs);
      }
      return loss != null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  void add(UserMessage message) {
    lock.lock();
    try {
      if (!isClosed) {
        input.add(message);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  void writable() {
    lock.lock();
    try {
      writables++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Notes why the association has ended; the first reason counts.
  void lost(LossReason reason, String detail) {
    lock.lock();
    try {
      if (loss == null) {
        loss = reason;
        lossDetail = detail;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// As [SctpInput#beginsAdjusting].
  boolean beginsAdjusting() {
    lock.lock();
    try {
      return input.beginsAdjusting();
    } finally {
      lock.unlock();
    }
  }

  /// Whether the stack has been told, or is being told, to pause.
  boolean isPaused() {
    lock.lock();
    try {
      return input.isPaused();
    } finally {
      lock.unlock();
    }
  }

  /// As [SctpInput#endAdjusting].
  void endAdjusting() {
    lock.lock();
    try {
      input.endAdjusting();
    } finally {
      lock.unlock();
    }
  }
}
