package io.rserpool.net;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;

/// The receiving side of one TCP connection. While it is paused nothing is delivered: what the
/// socket has given already is held, and whoever owns the connection stops reading, so that the
/// peer meets the flow control of TCP.
final class Intake {

  private final InboundMessages messages;
  private final byte[] scratch;
  private final InboundMessages.Sink sink;

  /// Not delivered yet, at most what one read gave; what was unread at the end of a peer, too.
  private final Deque<ByteBuf> held = new ArrayDeque<>(1);

  private boolean paused;
  private boolean discarding;
  private long pauses;

  /// @param messageBytesMax the largest acceptable message
  /// @param scratch shared by all connections of a loop
  /// @param sink not open while this is paused
  Intake(int messageBytesMax, byte[] scratch, InboundMessages.Sink sink) {
    this.messages = new InboundMessages(messageBytesMax);
    this.scratch = scratch;
    this.sink = sink;
  }

  boolean isPaused() {
    return paused;
  }

  /// Delivers nothing more.
  ///
  /// @return whether that is new
  boolean pause() {
    if (paused || discarding) {
      return false;
    }
    paused = true;
    pauses++;
    return true;
  }

  /// Delivers what was held, and what comes; that may well end in another pause.
  void resume() {
    paused = false;
    deliver();
  }

  /// Takes over what came, and delivers it.
  void read(ByteBuf in) {
    held.addLast(in);
    deliver();
  }

  /// Throws away what is held, and what comes.
  void discard() {
    discarding = true;
    paused = false;
    held.forEach(ByteBuf::release);
    held.clear();
  }

  /// Whether the rest of a message is missing and the peer could have sent it.
  boolean awaitsRest() {
    return !paused && messages.isPartial();
  }

  /// Whether there is the beginning of a message whose rest is missing.
  boolean isPartial() {
    return messages.isPartial();
  }

  /// Changes whenever another message begins in parts, and with each pause.
  long stage() {
    return messages.partials() + pauses;
  }

  private void deliver() {
    while (!paused && !held.isEmpty()) {
      ByteBuf in = held.removeFirst();
      boolean unread = false;
      try {
        messages.read(in, scratch, sink);
        unread = paused && in.isReadable();
      } finally {
        if (unread) {
          held.addFirst(in);
        } else {
          in.release();
        }
      }
    }
  }
}
