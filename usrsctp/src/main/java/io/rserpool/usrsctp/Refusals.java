package io.rserpool.usrsctp;

import io.rserpool.net.sctp.SctpListener;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Associations whose send buffer was full, and whose users wait to be told that it is not any
/// more. They are told when half the buffer is empty, or when a longer message than that fits.
final class Refusals {

  private final NativeSocket socket;
  private final SctpListener listener;
  private final int bufferBytes;
  private final ConcurrentLinkedQueue<Association> waiting = new ConcurrentLinkedQueue<>();

  Refusals(NativeSocket socket, SctpListener listener, int bufferBytes) {
    this.socket = socket;
    this.listener = listener;
    this.bufferBytes = bufferBytes;
  }

  /// A message was not taken.
  void add(Association association, int messageBytes) {
    if (association.refusedBytes.getAndAccumulate(messageBytes, Math::max) == 0) {
      waiting.add(association);
    }
  }

  /// Tells those that have room again; on the poller's thread.
  void look() {
    for (Iterator<Association> i = waiting.iterator(); i.hasNext(); ) {
      Association association = i.next();
      switch (association.phase) {
        case CALLING -> {}
        case UP -> {
          if (hasRoom(association)) {
            i.remove();
            association.refusedBytes.set(0);
            if (socket.isOpen()) {
              listener.writable(association.number);
            }
          }
        }
        case ENDING, DISCARDED -> i.remove();
      }
    }
  }

  /// One that is gone has room: whoever is told will find out.
  private boolean hasRoom(Association association) {
    int queued = socket.queued(association.nativeNumber());
    int free = bufferBytes - queued;
    return queued < 0 || free >= Math.max(bufferBytes / 2, association.refusedBytes.get());
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
