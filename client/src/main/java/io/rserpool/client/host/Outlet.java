package io.rserpool.client.host;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.asap.AsapMessage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What goes to a user: the service's messages and cookies, and the answers of the control channel
/// between them. Knows since when a send has been waiting, so that the host can end it.
final class Outlet {

  private static final long NOT_SENDING = Long.MIN_VALUE;

  /// Answers that wait behind a send that the user does not take. One that asks more has its answer
  /// in those.
  private static final int ANSWERS_MAX = 8;

  private final Channel channel;
  private final ReentrantLock sending = new ReentrantLock();
  private final ReentrantLock waiting = new ReentrantLock();
  private final Deque<AsapMessage> answers = new ArrayDeque<>();
  private volatile long sendingSinceNs = NOT_SENDING;

  Outlet(Channel channel) {
    this.channel = channel;
  }

  void send(UserMessage message) throws IOException {
    sending.lock();
    try {
      timed(() -> channel.send(message));
    } finally {
      sending.unlock();
    }
    flush();
  }

  void sendControl(AsapMessage message) throws IOException {
    sending.lock();
    try {
      timed(() -> channel.sendControl(message));
    } finally {
      sending.unlock();
    }
    flush();
  }

  /// Sends an answer as soon as nothing else is being sent; whoever sends then sends it.
  void answer(AsapMessage message) throws IOException {
    waiting.lock();
    try {
      if (answers.size() < ANSWERS_MAX) {
        answers.addLast(message);
      }
    } finally {
      waiting.unlock();
    }
    flush();
  }

  /// Sends what waits, unless another thread sends: that one comes here when it has done so, and an
  /// answer that it just missed is seen by looking again after the lock was let go.
  private void flush() throws IOException {
    while (hasAnswers() && sending.tryLock()) {
      try {
        AsapMessage next = nextAnswer();
        if (next != null) {
          timed(() -> channel.sendControl(next));
        }
      } finally {
        sending.unlock();
      }
    }
  }

  private boolean hasAnswers() {
    waiting.lock();
    try {
      return !answers.isEmpty();
    } finally {
      waiting.unlock();
    }
  }

  private @Nullable AsapMessage nextAnswer() {
    waiting.lock();
    try {
      return answers.pollFirst();
    } finally {
      waiting.unlock();
    }
  }

  /// Tells the user that nothing more comes, where the transport can.
  void end() throws IOException {
    sending.lock();
    try {
      timed(channel::endOutput);
    } finally {
      sending.unlock();
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  private void timed(Sending act) throws IOException {
    sendingSinceNs = System.nanoTime();
    try {
      act.run();
    } finally {
      sendingSinceNs = NOT_SENDING;
    }
  }

  /// Whether one send has been waiting for longer than that.
  boolean isStuck(long nowNs, long limitNs) {
    long since = sendingSinceNs;
    return since != NOT_SENDING && nowNs - since > limitNs;
  }
}
