package io.rserpool.client;

import io.rserpool.protocol.PoolElementParameter;
import java.io.EOFException;
import java.io.IOException;

/// A session's connection to one element, with the two virtual threads that keep it moving: one
/// reads ahead up to a limit, one writes what is queued. So the callers of a session wait on its
/// state only: they can be interrupted and time out without harm, and a failure is noticed while
/// nobody reads.
final class Link {

  private static final int READ_SIZE = 16 * 1024;

  private final PoolElementParameter element;
  private final ElementConnection connection;

  Link(PoolElementParameter element, ElementConnection connection) {
    this.element = element;
    this.connection = connection;
  }

  PoolElementParameter element() {
    return element;
  }

  ElementConnection connection() {
    return connection;
  }

  void start(SessionState state) {
    Thread.ofVirtual().name("rserpool-session-read").start(() -> read(state));
    Thread.ofVirtual().name("rserpool-session-write").start(() -> write(state));
  }

  private void read(SessionState state) {
    byte[] buffer = new byte[READ_SIZE];
    try {
      while (state.traffic().awaitRoom(this)) {
        int count = connection.read(buffer);
        if (count < 0) {
          state.traffic().inputEnded(this);
          return;
        }
        state.traffic().received(this, buffer, count);
      }
    } catch (IOException e) {
      state.fail(this, sourceOf(e), "reading: " + e.getMessage());
    }
  }

  private void write(SessionState state) {
    try {
      while (state.traffic().awaitOutput(this)) {
        byte[] next = state.traffic().nextOutput(this);
        if (next.length == 0) {
          connection.endOutput();
        } else {
          connection.write(next);
        }
        state.traffic().written(this);
      }
    } catch (IOException e) {
      state.fail(this, sourceOf(e), "writing: " + e.getMessage());
    } finally {
      state.traffic().writerEnds(this);
    }
  }

  private static FailureSource sourceOf(IOException e) {
    return e instanceof EOFException ? FailureSource.CLOSED : FailureSource.RESET;
  }
}
