package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.PoolElementParameter;
import java.io.IOException;

/// A session's channel to one element, with the two virtual threads that keep it moving: one
/// reads ahead up to a limit, one writes what is queued. So the callers of a session wait on its
/// state only: they can be interrupted and time out without harm, and a failure is noticed while
/// nobody reads.
final class Link {

  private final PoolElementParameter element;
  private final Channel channel;

  Link(PoolElementParameter element, Channel channel) {
    this.element = element;
    this.channel = channel;
  }

  PoolElementParameter element() {
    return element;
  }

  Channel channel() {
    return channel;
  }

  void start(SessionState state) {
    Thread.ofVirtual().name("rserpool-session-read").start(() -> read(state));
    Thread.ofVirtual().name("rserpool-session-write").start(() -> write(state));
  }

  private void read(SessionState state) {
    SessionInput input = state.input();
    try {
      while (input.awaitRoom(this)) {
        switch (channel.receive(Channel.FOREVER)) {
          case UserMessage message -> input.received(this, message);
          case Incoming.Control control -> input.received(this, control.message());
          case Incoming.Silence _ -> {
            // Waits on.
          }
          case Incoming.End _ -> {
            input.ended(this);
            return;
          }
        }
      }
    } catch (IOException e) {
      state.fail(this, Failure.sourceOf(e), "reading: " + e.getMessage());
    }
  }

  private void write(SessionState state) {
    SessionOutput output = state.output();
    try {
      while (output.awaitNext(this)) {
        UserMessage next = output.next(this);
        if (next.bytes().length == 0) {
          channel.endOutput();
        } else {
          channel.send(next);
        }
        output.written(this);
      }
    } catch (IOException e) {
      state.fail(this, Failure.sourceOf(e), "writing: " + e.getMessage());
    } finally {
      output.writerEnds(this);
    }
  }
}
