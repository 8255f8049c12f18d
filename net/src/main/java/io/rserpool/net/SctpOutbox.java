package io.rserpool.net;

import java.util.ArrayDeque;
import java.util.Deque;

/// What an association has to say and its stack has not taken yet, in order.
final class SctpOutbox {

  /// Whoever takes messages, as [io.rserpool.net.sctp.SctpSocket#send] does.
  interface Taker {

    /// {@return whether the message was taken}
    boolean take(byte[] message, int stream, int payloadProtocolId);
  }

  private record Waiting(byte[] message, int stream, int payloadProtocolId) {}

  private final Deque<Waiting> queue = new ArrayDeque<>();
  private long bytes;
  private long left;

  void add(byte[] message, int stream, int payloadProtocolId) {
    queue.addLast(new Waiting(message, stream, payloadProtocolId));
    bytes += message.length;
  }

  /// Gives messages away as long as they are taken.
  ///
  /// @return whether there are no more
  boolean offerTo(Taker taker) {
    for (Waiting next = queue.peekFirst(); next != null; next = queue.peekFirst()) {
      if (!taker.take(next.message(), next.stream(), next.payloadProtocolId())) {
        return false;
      }
      queue.removeFirst();
      bytes -= next.message().length;
      left++;
    }
    return true;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /// How many bytes wait.
  long bytes() {
    return bytes;
  }

  /// How many messages were taken so far.
  long left() {
    return left;
  }

  void clear() {
    queue.clear();
    bytes = 0;
  }
}
