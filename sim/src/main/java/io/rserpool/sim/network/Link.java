package io.rserpool.sim.network;

import io.rserpool.wire.Protocol;
import java.nio.ByteBuffer;

/// One end of a session's link, as its process has it in hand.
public final class Link {

  /// The payload protocol identifier, in front of each message.
  static final int HEADER_SIZE = 4;

  /// As many messages as the buffers of both kernels hold for a process that does not read.
  private static final int ROOM = 5;

  private final End end;
  private final long number;
  private boolean isOver;
  private boolean isFull;

  /// @param number counts the links of a process
  Link(End end, long number) {
    this.end = end;
    this.number = number;
  }

  /// Counts the links of its process in all lives together.
  public long number() {
    return number;
  }

  /// The name of the peer's machine.
  public String peer() {
    End other = end.peer();
    return other == null ? "nobody" : other.node().name();
  }

  /// Whether it can be used no more by this end.
  public boolean isOver() {
    return isOver;
  }

  /// Whether it takes a message; if not, [Resident#roomy] follows, or its end.
  public boolean hasRoom() {
    isFull = end.underWay() >= ROOM;
    return !isFull && end.isOpen();
  }

  /// Sends a message.
  public void send(int ppid, byte[] message) {
    byte[] frame =
        ByteBuffer.allocate(HEADER_SIZE + message.length).putInt(ppid).put(message).array();
    end.node().tellMessage("send", end, frame);
    end.send(frame);
  }

  /// Ends it in order, after what was sent.
  public void close() {
    if (!isOver) {
      isOver = true;
      end.node().forget(end);
      end.close();
    }
  }

  /// Breaks it.
  public void abort() {
    if (!isOver) {
      isOver = true;
      end.node().forget(end);
      end.abort();
    }
  }

  void over() {
    isOver = true;
  }

  /// Whether it has room now, but had none.
  boolean isRelieved() {
    boolean was = isFull;
    return was && hasRoom();
  }

  static boolean isControl(byte[] frame) {
    return frame.length >= HEADER_SIZE && ppid(frame) == Protocol.ASAP.ppid();
  }

  static int ppid(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt();
  }

  @Override
  public String toString() {
    return "link " + number + " with " + peer();
  }
}
