package io.rserpool.cli.connect;

import io.rserpool.client.ClosedException;
import io.rserpool.client.PoolSession;
import io.rserpool.client.RSerPoolException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Both directions of a terminal session: one thread reads lines and sends them, the caller's
/// thread receives and prints, byte for byte.
final class Conversation {
  private static final int CHUNK = 16 * 1024;
  private static final int LINE_MAX = 64 * 1024;

  private final PoolSession session;
  private final PrintStream answers;
  private final long silenceNs;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private volatile boolean isInputOver;
  private volatile long lastHeardNs;

  /// @param silence how long to go on after the end of the input without hearing anything
  Conversation(PoolSession session, PrintStream answers, Duration silence) {
    this.session = session;
    this.answers = answers;
    this.silenceNs = silence.toNanos();
  }

  /// Talks until the service ends the session, or until the input has ended and all was silent for
  /// a while, or until nobody reads the answers any more.
  void run(InputStream lines) {
    Thread sender = Thread.ofPlatform().daemon().name("input").start(() -> send(lines));
    byte[] chunk = new byte[CHUNK];
    try {
      int count = session.receive(chunk);
      while (count >= 0) {
        lastHeardNs = System.nanoTime();
        answers.write(chunk, 0, count);
        answers.flush();
        if (answers.checkError()) {
          return;
        }
        count = session.receive(chunk);
      }
    } catch (ClosedException e) {
      RuntimeException reason = failure.get();
      if (reason != null) {
        throw reason;
      }
      if (!isInputOver) {
        throw e;
      }
    } finally {
      sender.interrupt();
    }
  }

  private void send(InputStream lines) {
    try {
      InputStream in = new BufferedInputStream(lines);
      byte[] line = nextLine(in);
      while (line.length > 0) {
        session.send(line);
        line = nextLine(in);
      }
      lastHeardNs = System.nanoTime();
      isInputOver = true;
      session.endOutput();
      closeAfterSilence();
    } catch (RSerPoolException e) {
      failure.compareAndSet(null, e);
      session.close();
    } catch (IOException e) {
      failure.compareAndSet(null, new UncheckedIOException("cannot read the input", e));
      session.close();
    }
  }

  /// A line with its end, or a piece of a very long one; empty at the end of the input.
  private static byte[] nextLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() < LINE_MAX) {
      int octet = in.read();
      if (octet < 0) {
        break;
      }
      line.write(octet);
      if (octet == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  private void closeAfterSilence() {
    try {
      long leftNs = lastHeardNs + silenceNs - System.nanoTime();
      while (leftNs > 0) {
        Thread.sleep(Duration.ofNanos(leftNs));
        leftNs = lastHeardNs + silenceNs - System.nanoTime();
      }
      session.close();
    } catch (InterruptedException _) {
      // The session has ended by itself; this thread ends with it.
      Thread.currentThread().interrupt();
    }
  }
}
