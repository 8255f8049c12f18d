package io.rserpool.wire.capture;

import io.rserpool.protocol.Octets;
import io.rserpool.wire.MessageFramer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One direction of a TCP connection: segments in any order go in, messages come out in order.
///
/// Segments that come too early wait, but not too many: then the bytes before them are taken for
/// lost, and reading goes on behind the gap, where a message may or may not start.
final class TcpStream {

  /// How many segments may wait for an earlier one.
  private static final int MAX_WAITING = 64;

  private static final int INITIAL_SIZE = 1024;

  private final String name;
  private final Notes notes;
  private final Map<Integer, Slice> waiting = new LinkedHashMap<>();
  private byte[] buffer = new byte[INITIAL_SIZE];
  private int filled;
  private int next;
  private boolean synchronizedStart;
  private boolean lost;

  /// @param name who sends to whom, for notes
  TcpStream(String name, Notes notes) {
    this.name = name;
    this.notes = notes;
  }

  /// A connection starts; its first byte has this sequence number.
  void synchronize(int sequence) {
    if (synchronizedStart && sequence == next) {
      return;
    }
    next = sequence;
    synchronizedStart = true;
    lost = false;
    filled = 0;
    waiting.clear();
  }

  /// Takes a segment; returns the messages that it completes.
  List<Octets> segment(int frame, int sequence, Slice bytes) {
    if (bytes.size() == 0 || lost) {
      return List.of();
    }
    if (!synchronizedStart) {
      notes.add(frame, name + ": the start of the TCP connection is not recorded");
      synchronize(sequence);
    }
    if (sequence - next > 0) {
      waiting.putIfAbsent(sequence, bytes);
      if (waiting.size() > MAX_WAITING) {
        skipGap(frame);
      }
    } else {
      append(sequence, bytes);
    }
    takeWaiting();
    return cut(frame);
  }

  /// Tells of bytes that became no message.
  void finish(int frame) {
    if (!waiting.isEmpty()) {
      notes.add(frame, name + ": TCP segments are missing before the last ones");
    } else if (filled > 0) {
      notes.add(frame, name + ": the recording ends within a message");
    }
  }

  private void append(int sequence, Slice bytes) {
    Slice fresh = bytes.skip(next - sequence);
    int needed = filled + fresh.size();
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(needed, 2 * buffer.length));
    }
    System.arraycopy(fresh.bytes(), fresh.from(), buffer, filled, fresh.size());
    filled = needed;
    next += fresh.size();
  }

  /// Moves what now fits from the waiting segments; a pass that moves nothing is the last.
  private void takeWaiting() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Map.Entry<Integer, Slice> entry : List.copyOf(waiting.entrySet())) {
        if (entry.getKey() - next <= 0) {
          waiting.remove(entry.getKey());
          append(entry.getKey(), entry.getValue());
          moved = true;
        }
      }
    }
  }

  private void skipGap(int frame) {
    int nearest = waiting.keySet().iterator().next();
    for (int sequence : waiting.keySet()) {
      if (sequence - nearest < 0) {
        nearest = sequence;
      }
    }
    notes.add(frame, name + ": " + (nearest - next) + " bytes of the TCP stream are missing");
    next = nearest;
    filled = 0;
  }

  private List<Octets> cut(int frame) {
    List<Octets> messages = new ArrayList<>();
    int from = 0;
    int size = next(from);
    while (size > 0) {
      messages.add(Octets.copyOf(buffer, from, size));
      from += size;
      size = next(from);
    }
    if (size == MessageFramer.TOO_SHORT || size == MessageFramer.TOO_LONG) {
      notes.add(
          frame, name + ": no message starts here; the rest of the TCP stream is passed over");
      lost = true;
      from = filled;
      waiting.clear();
    }
    filled -= from;
    System.arraycopy(buffer, from, buffer, 0, filled);
    return messages;
  }

  private int next(int from) {
    return MessageFramer.next(buffer, from, filled - from, MessageFramer.SIZE_MAX);
  }
}
